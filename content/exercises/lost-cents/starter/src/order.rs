//! What is ordered, and what can be wrong with it. This file is given.

use std::error::Error;
use std::fmt;

/// Nothing in the shop costs more.
pub const HIGHEST_PRICE: f64 = 10_000.0;

/// One line of an order. The price comes as JSON has it, as a number with a point.
#[derive(Debug, Clone, PartialEq)]
pub struct OrderItem {
    pub price: f64,
    pub quantity: u32,
}

/// Why there is no price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PricingError {
    /// The price of an item is negative, above `HIGHEST_PRICE`, or no number.
    NoPrice,
    /// The rate of a discount is below 0, above 1, or no number.
    NoRate,
}

impl fmt::Display for PricingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoPrice => "the price of an item is none",
            Self::NoRate => "the rate of a discount is none",
        })
    }
}

impl Error for PricingError {}
