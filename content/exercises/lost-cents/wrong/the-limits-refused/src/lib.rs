//! What a customer is charged, in cents.

mod order;

pub use order::*;

/// Parts of a hundred percent in which rates are counted.
const WHOLE: i64 = 10_000;

/// What a customer has been promised: from `threshold` units of a line on, the line
/// is cheaper.
#[derive(Debug, Clone, PartialEq)]
pub struct Contract {
    threshold: u32,
    /// In hundredths of a percent.
    discount: i64,
}

impl Contract {
    /// A rate is a part of the whole, from 0 to 1.
    pub fn new(threshold: u32, discount_rate: f64) -> Result<Self, PricingError> {
        if !(0.0..1.0).contains(&discount_rate) {
            return Err(PricingError::NoRate);
        }
        let discount = (discount_rate * WHOLE as f64).round() as i64;
        Ok(Self {
            threshold,
            discount,
        })
    }

    fn discount_for(&self, quantity: u32) -> i64 {
        if quantity >= self.threshold {
            self.discount
        } else {
            0
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

/// The cents of one line. Half a cent is rounded up, in favour of the shop.
pub fn line_cents(item: &OrderItem, contract: &Contract) -> Result<i64, PricingError> {
    let full = cents(item.price)? * i64::from(item.quantity);
    let share = WHOLE - contract.discount_for(item.quantity);
    Ok((full * share + WHOLE / 2).div_euclid(WHOLE))
}

/// What the customer is charged: the sum of the lines as they are shown.
pub fn total_cents(items: &[OrderItem], contract: &Contract) -> Result<i64, PricingError> {
    items.iter().map(|item| line_cents(item, contract)).sum()
}

/// The invoice, a row for each line and one for the total.
pub fn invoice(items: &[OrderItem], contract: &Contract) -> Result<Vec<String>, PricingError> {
    let mut rows = Vec::new();
    for item in items {
        rows.push(format_cents(line_cents(item, contract)?));
    }
    rows.push(format_cents(total_cents(items, contract)?));
    Ok(rows)
}

/// A price that came as a number with a point, in whole cents.
fn cents(price: f64) -> Result<i64, PricingError> {
    if price.is_nan() || price <= 0.0 || price > HIGHEST_PRICE {
        return Err(PricingError::NoPrice);
    }
    Ok((price * 100.0).round() as i64)
}

fn format_cents(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}
