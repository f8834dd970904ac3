//! What an order costs depends on who buys.

/// One pricing rule: what a line of an order costs.
pub trait PricingStrategy: Send + Sync {
    fn calculate(&self, base_price: f64, quantity: u32) -> f64;
}

/// Everybody's price: the unit price times the quantity.
pub struct RegularPricing;

/// From `threshold` units on, the whole line is `discount_rate` cheaper.
pub struct BulkPricing {
    pub threshold: u32,
    pub discount_rate: f64,
}

/// `discount_rate` off every line, however small.
pub struct PremiumPricing {
    pub discount_rate: f64,
}

impl PricingStrategy for RegularPricing {
    fn calculate(&self, base_price: f64, quantity: u32) -> f64 {
        base_price * f64::from(quantity)
    }
}

impl PricingStrategy for BulkPricing {
    fn calculate(&self, base_price: f64, quantity: u32) -> f64 {
        let full = RegularPricing.calculate(base_price, quantity);
        if quantity >= self.threshold {
            full * (1.0 - self.discount_rate)
        } else {
            full
        }
    }
}

impl PricingStrategy for PremiumPricing {
    fn calculate(&self, base_price: f64, quantity: u32) -> f64 {
        RegularPricing.calculate(base_price, quantity) * (1.0 - self.discount_rate)
    }
}

/// The factory: the one place that knows which customer type gets which rule.
pub fn create_pricing_strategy(customer_type: &str) -> Box<dyn PricingStrategy> {
    match customer_type {
        "bulk" => Box::new(BulkPricing {
            threshold: 10,
            discount_rate: 0.10,
        }),
        "premium" => Box::new(PremiumPricing {
            discount_rate: 0.15,
        }),
        _ => Box::new(RegularPricing),
    }
}

/// One line of an order.
pub struct OrderItem {
    pub price: f64,
    pub quantity: u32,
}

/// Knows that an order is the sum of its lines, and nothing about discounts.
pub struct OrderService;

impl OrderService {
    pub fn calculate_total(&self, items: &[OrderItem], customer_type: &str) -> f64 {
        self.total_with(items, create_pricing_strategy(customer_type).as_ref())
    }

    pub fn total_with(&self, items: &[OrderItem], strategy: &dyn PricingStrategy) -> f64 {
        let sum: f64 = items
            .iter()
            .map(|item| strategy.calculate(item.price, item.quantity))
            .sum();
        (sum * 100.0).round() / 100.0
    }
}
