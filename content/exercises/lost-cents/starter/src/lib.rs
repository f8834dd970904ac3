//! What a customer is charged, in cents.

mod order;

pub use order::*;

/// What a customer has been promised: from `threshold` units of a line on, the line
/// is cheaper.
#[derive(Debug, Clone, PartialEq)]
pub struct Contract {
    threshold: u32,
    discount_rate: f64,
}

impl Contract {
    pub fn new(threshold: u32, discount_rate: f64) -> Result<Self, PricingError> {
        Ok(Self {
            threshold,
            discount_rate,
        })
    }

    fn calculate(&self, item: &OrderItem) -> f64 {
        let total = item.price * f64::from(item.quantity);
        if item.quantity >= self.threshold {
            total * (1.0 - self.discount_rate)
        } else {
            total
        }
    }
}

/// The contract of a customer of this type.
pub fn contract_of(customer_type: &str) -> Result<Contract, PricingError> {
    match customer_type {
        "bulk" => Contract::new(10, 0.10),
        "premium" => Contract::new(0, 0.15),
        _ => Contract::new(0, 0.0),
    }
}

/// The cents of one line.
pub fn line_cents(item: &OrderItem, contract: &Contract) -> Result<i64, PricingError> {
    Ok((contract.calculate(item) * 100.0) as i64)
}

/// What the customer is charged.
pub fn total_cents(items: &[OrderItem], contract: &Contract) -> Result<i64, PricingError> {
    let total: f64 = items.iter().map(|item| contract.calculate(item)).sum();
    Ok((total * 100.0) as i64)
}

/// The invoice, a row for each line and one for the total.
pub fn invoice(items: &[OrderItem], contract: &Contract) -> Result<Vec<String>, PricingError> {
    let mut rows: Vec<String> = items
        .iter()
        .map(|item| format!("{:.2}", contract.calculate(item)))
        .collect();
    let total: f64 = items.iter().map(|item| contract.calculate(item)).sum();
    rows.push(format!("{total:.2}"));
    Ok(rows)
}
