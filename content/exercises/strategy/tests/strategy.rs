use strategy::*;

/// Two formulas that are equal on paper may differ in the last bit of an f64,
/// so prices are compared to within a billionth.
#[track_caller]
fn assert_price(actual: f64, expected: f64, what: &str) {
    assert!(
        (actual - expected).abs() < 1e-9,
        "{what}: expected {expected}, got {actual}"
    );
}

fn lines(items: &[(f64, u32)]) -> Vec<OrderItem> {
    items
        .iter()
        .map(|&(price, quantity)| OrderItem { price, quantity })
        .collect()
}

// Step 1: the regular price

#[test]
fn regular_price_is_price_times_quantity() {
    assert_price(
        RegularPricing.calculate(10.0, 3),
        30.0,
        "three units at 10.0",
    );
    assert_price(
        RegularPricing.calculate(0.125, 3),
        0.375,
        "three units at 0.125: nothing is rounded",
    );
    assert_price(
        RegularPricing.calculate(10.0, 100),
        1000.0,
        "a hundred units at 10.0: no discount, however many",
    );
}

#[test]
fn no_units_cost_nothing() {
    assert_price(RegularPricing.calculate(10.0, 0), 0.0, "no units at 10.0");
}

// Step 2: bulk

fn ten_percent_from_ten() -> BulkPricing {
    BulkPricing {
        threshold: 10,
        discount_rate: 0.10,
    }
}

#[test]
fn nine_pay_in_full() {
    assert_price(
        ten_percent_from_ten().calculate(10.0, 9),
        90.0,
        "nine units at 10.0 are below the threshold of 10 and pay in full",
    );
}

#[test]
fn bulk_discount_starts_at_the_threshold() {
    assert_price(
        ten_percent_from_ten().calculate(10.0, 10),
        90.0,
        "ten units at 10.0 reach the threshold of 10 and are 10 % cheaper",
    );
}

#[test]
fn bulk_discount_covers_every_unit_of_the_line() {
    assert_price(
        ten_percent_from_ten().calculate(10.0, 11),
        99.0,
        "eleven units at 10.0: all eleven are discounted, not just the eleventh",
    );
    assert_price(
        ten_percent_from_ten().calculate(10.0, 100),
        900.0,
        "a hundred units at 10.0: all are discounted",
    );
}

#[test]
fn bulk_goes_by_its_own_threshold_and_rate() {
    let strategy = BulkPricing {
        threshold: 3,
        discount_rate: 0.50,
    };
    assert_price(
        strategy.calculate(10.0, 2),
        20.0,
        "two units, with a threshold of 3",
    );
    assert_price(
        strategy.calculate(10.0, 3),
        15.0,
        "three units, with a threshold of 3 and half off",
    );
    assert_price(
        strategy.calculate(0.25, 3),
        0.375,
        "three units at 0.25, half off: nothing is rounded",
    );
}

// Step 3: premium

#[test]
fn premium_is_discounted_from_the_first_unit() {
    let strategy = PremiumPricing {
        discount_rate: 0.15,
    };
    assert_price(strategy.calculate(100.0, 1), 85.0, "one unit at 100.0");
    assert_price(strategy.calculate(10.0, 20), 170.0, "twenty units at 10.0");
}

#[test]
fn premium_goes_by_its_own_rate() {
    let strategy = PremiumPricing {
        discount_rate: 0.40,
    };
    assert_price(
        strategy.calculate(10.0, 1),
        6.0,
        "one unit at 10.0, 40 % off",
    );
    assert_price(
        strategy.calculate(0.01, 1),
        0.006,
        "one unit at 0.01, 40 % off: nothing is rounded",
    );
}

// Step 4: the factory

#[test]
fn bulk_customers_get_ten_percent_from_ten_units_on() {
    let strategy = create_pricing_strategy("bulk");
    assert_price(strategy.calculate(10.0, 9), 90.0, "\"bulk\" buys nine");
    assert_price(strategy.calculate(10.0, 10), 90.0, "\"bulk\" buys ten");
}

#[test]
fn premium_customers_get_fifteen_percent() {
    let strategy = create_pricing_strategy("premium");
    assert_price(strategy.calculate(100.0, 1), 85.0, "\"premium\" buys one");
}

#[test]
fn everybody_else_pays_the_regular_price() {
    for customer_type in ["regular", "", "vip"] {
        assert_price(
            create_pricing_strategy(customer_type).calculate(10.0, 20),
            200.0,
            &format!("{customer_type:?} names no discount and buys twenty"),
        );
    }
}

#[test]
fn customer_types_are_matched_letter_for_letter() {
    for customer_type in ["BULK", "Premium", " bulk", "bulky", "premiums"] {
        assert_price(
            create_pricing_strategy(customer_type).calculate(10.0, 20),
            200.0,
            &format!("{customer_type:?} is not a known type and buys twenty"),
        );
    }
}

// Step 5: the order total

#[test]
fn a_total_adds_up_every_line() {
    assert_price(
        OrderService.calculate_total(&lines(&[(10.0, 2), (5.0, 4), (0.125, 3)]), "regular"),
        40.375,
        "2 x 10.0 + 4 x 5.0 + 3 x 0.125 for a regular customer",
    );
}

#[test]
fn the_customer_type_decides_the_total() {
    let items = lines(&[(10.0, 10), (10.0, 2)]);
    assert_price(
        OrderService.calculate_total(&items, "regular"),
        120.0,
        "10 x 10.0 + 2 x 10.0 for \"regular\"",
    );
    assert_price(
        OrderService.calculate_total(&items, "bulk"),
        110.0,
        "10 x 10.0 (10 % off) + 2 x 10.0 for \"bulk\"",
    );
    assert_price(
        OrderService.calculate_total(&items, "premium"),
        102.0,
        "10 x 10.0 + 2 x 10.0, all 15 % off, for \"premium\"",
    );
}

#[test]
fn the_threshold_is_per_line_not_per_order() {
    assert_price(
        OrderService.calculate_total(&lines(&[(10.0, 5), (10.0, 5)]), "bulk"),
        100.0,
        "two lines of five: neither line reaches ten, so neither is discounted",
    );
}

#[test]
fn an_empty_order_costs_nothing() {
    assert_price(
        OrderService.calculate_total(&[], "premium"),
        0.0,
        "an order without lines",
    );
}

// Step 6: any strategy

/// A rule that the crate has never heard of.
struct FlatFee(f64);

impl PricingStrategy for FlatFee {
    fn calculate(&self, _base_price: f64, _quantity: u32) -> f64 {
        self.0
    }
}

#[test]
fn a_total_takes_a_strategy_from_outside() {
    assert_price(
        OrderService.total_with(&lines(&[(10.0, 20), (99.0, 1)]), &FlatFee(4.0)),
        8.0,
        "two lines under a rule that asks 4.0 for any line",
    );
}

#[test]
fn a_strategy_from_outside_sees_price_and_quantity_of_each_line() {
    struct PriceThenQuantity;
    impl PricingStrategy for PriceThenQuantity {
        fn calculate(&self, base_price: f64, quantity: u32) -> f64 {
            base_price * 1000.0 + f64::from(quantity)
        }
    }
    assert_price(
        OrderService.total_with(&lines(&[(1.0, 2), (3.0, 4)]), &PriceThenQuantity),
        4006.0,
        "a rule that reports 1000 x price + quantity, over 2 x 1.0 and 4 x 3.0",
    );
}
