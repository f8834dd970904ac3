//! A suite that tells the right prices from the wrong ones.

use test_the_pricing::*;

/// An order of one line.
fn total(customer_type: &str, price: f64, quantity: u32) -> f64 {
    OrderService.calculate_total(&[OrderItem { price, quantity }], customer_type)
}

fn item(price: f64, quantity: u32) -> OrderItem {
    OrderItem { price, quantity }
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
fn regular_customers_pay_price_times_quantity() {
    for (price, quantity, expected) in [
        (10.0, 0, 0.0),
        (10.0, 3, 30.0),
        (0.35, 3, 1.05),
        (10.0, 10, 100.0),
        (10.0, 100, 1000.0),
    ] {
        assert_costs(total("regular", price, quantity), expected);
    }
}

#[test]
fn bulk_starts_at_ten_units_and_covers_all_of_them() {
    for (quantity, expected) in [(1, 10.0), (9, 90.0), (10, 90.0), (11, 99.0), (100, 900.0)] {
        assert_costs(total("bulk", 10.0, quantity), expected);
    }
}

#[test]
fn a_contract_has_its_own_numbers() {
    let bulk = BulkPricing {
        threshold: 3,
        discount_rate: 0.5,
    };
    assert_costs(bulk.calculate(10.0, 2), 20.0);
    assert_costs(bulk.calculate(10.0, 3), 15.0);
    let premium = PremiumPricing { discount_rate: 0.4 };
    assert_costs(premium.calculate(10.0, 1), 6.0);
}

#[test]
fn premium_customers_pay_fifteen_percent_less_from_the_first_unit() {
    assert_costs(total("premium", 100.0, 1), 85.0);
    assert_costs(total("premium", 100.0, 10), 850.0);
}

#[test]
fn whatever_is_not_a_known_type_letter_for_letter_is_regular() {
    for customer_type in ["", "gold", "BULK", "Premium", " bulk"] {
        assert_costs(total(customer_type, 10.0, 10), 100.0);
    }
}

#[test]
fn a_total_is_the_sum_of_the_lines_each_priced_by_itself() {
    let order = [item(10.0, 10), item(5.0, 2), item(1.0, 5), item(1.0, 5)];
    assert_costs(OrderService.calculate_total(&order, "bulk"), 110.0);
    assert_costs(OrderService.calculate_total(&order, "regular"), 120.0);
}

#[test]
fn an_order_without_lines_costs_nothing() {
    assert_costs(OrderService.calculate_total(&[], "premium"), 0.0);
}
