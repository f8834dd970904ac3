//! Your suite. It has to pass on the right implementation, and to fail on every
//! wrong one.

use test_the_pricing::*;

/// An order of one line.
fn total(customer_type: &str, price: f64, quantity: u32) -> f64 {
    OrderService.calculate_total(&[OrderItem { price, quantity }], customer_type)
}

/// Prices are compared with a tolerance: 0.1 has no exact `f64`.
#[track_caller]
fn assert_costs(actual: f64, expected: f64) {
    assert!(
        (actual - expected).abs() < 1e-9,
        "expected {expected}, got {actual}"
    );
}

#[test]
fn three_regular_units_cost_three_times_the_price() {
    assert_costs(total("regular", 10.0, 3), 30.0);
}

// Is this rule kept by your tests: "from ten units on"?
