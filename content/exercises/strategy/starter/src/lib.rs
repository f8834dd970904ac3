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

// Step 1: the regular price

impl PricingStrategy for RegularPricing {
    fn calculate(&self, base_price: f64, quantity: u32) -> f64 {
        todo!("what do {quantity} units at {base_price} cost everybody?")
    }
}

// Step 2: bulk

impl PricingStrategy for BulkPricing {
    fn calculate(&self, base_price: f64, quantity: u32) -> f64 {
        todo!("what do {quantity} units at {base_price} cost in bulk?")
    }
}

// Step 3: premium

impl PricingStrategy for PremiumPricing {
    fn calculate(&self, base_price: f64, quantity: u32) -> f64 {
        todo!("what do {quantity} units at {base_price} cost a premium customer?")
    }
}

// Step 4: the factory

/// The one place that knows which customer type gets which rule.
pub fn create_pricing_strategy(customer_type: &str) -> Box<dyn PricingStrategy> {
    todo!("which rule is for {customer_type:?}?")
}

// Steps 5 and 6: the service

/// One line of an order.
pub struct OrderItem {
    pub price: f64,
    pub quantity: u32,
}

/// Knows that an order is the sum of its lines, and nothing about discounts.
pub struct OrderService;

impl OrderService {
    pub fn calculate_total(&self, items: &[OrderItem], customer_type: &str) -> f64 {
        todo!("add up {} lines for {customer_type:?}", items.len())
    }

    pub fn total_with(&self, items: &[OrderItem], strategy: &dyn PricingStrategy) -> f64 {
        todo!("add up {} lines by the rule at {strategy:p}", items.len())
    }
}
