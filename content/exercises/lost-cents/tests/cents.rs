//! The judge of the charge: every expected amount was worked out on paper.

use lost_cents::*;

fn item(price: f64, quantity: u32) -> OrderItem {
    OrderItem { price, quantity }
}

fn contract(customer_type: &str) -> Contract {
    contract_of(customer_type).expect("the three contracts of the shop are sound")
}

#[track_caller]
fn assert_charge(items: &[OrderItem], customer_type: &str, expected: i64, why: &str) {
    let charge = total_cents(items, &contract(customer_type));
    assert_eq!(
        charge,
        Ok(expected),
        "cents for a {customer_type} customer, {why}"
    );
}

// Step 1: a cent short

#[test]
fn a_price_is_charged_to_the_cent() {
    for (price, expected) in [(0.29, 29), (1.15, 115), (4.35, 435), (19.99, 1999)] {
        assert_charge(
            &[item(price, 1)],
            "regular",
            expected,
            "one unit at this price",
        );
    }
    assert_charge(&[item(19.99, 3)], "regular", 5997, "three times 19.99");
}

#[test]
fn no_price_in_the_catalogue_loses_a_cent() {
    let lost: Vec<f64> = (0..=100_000)
        .map(|cents| (cents, cents as f64 / 100.0))
        .filter(|(cents, price)| line_cents(&item(*price, 1), &contract("regular")) != Ok(*cents))
        .map(|(_, price)| price)
        .collect();
    assert!(
        lost.is_empty(),
        "of all prices from 0.00 to 1000.00, {} are not charged to the cent, such as {:?}",
        lost.len(),
        &lost[..lost.len().min(5)]
    );
}

#[test]
fn many_small_things_add_up() {
    assert_charge(&[item(0.10, 3)], "regular", 30, "three at 0.10");
    let order = vec![item(0.07, 1); 100];
    assert_charge(&order, "regular", 700, "a hundred lines of 0.07");
}

// Step 2: what the customer can add up

#[test]
fn half_a_cent_goes_up() {
    for (price, expected, exact) in [
        (0.10, 9, "8.5"),
        (0.30, 26, "25.5"),
        (0.50, 43, "42.5"),
        (1.11, 94, "94.35"),
        (1.03, 88, "87.55"),
    ] {
        assert_eq!(
            line_cents(&item(price, 1), &contract("premium")),
            Ok(expected),
            "{price} less 15 % is {exact} cents"
        );
    }
    assert_eq!(
        line_cents(&item(0.10, 3), &contract("premium")),
        Ok(26),
        "three at 0.10 less 15 % are 25.5 cents: the line is rounded, not the unit"
    );
}

#[test]
fn the_total_is_the_sum_of_the_lines_as_shown() {
    let items = [item(0.10, 1), item(0.10, 1), item(1.11, 1)];
    assert_charge(&items, "premium", 112, "the lines are 9, 9 and 94 cents");
}

#[test]
fn the_invoice_says_what_is_charged() {
    let items = [item(0.10, 1), item(0.10, 1), item(19.99, 3)];
    assert_eq!(
        invoice(&items, &contract("premium")),
        Ok(vec![
            "0.09".to_string(),
            "0.09".to_string(),
            "50.97".to_string(),
            "51.15".to_string()
        ]),
        "three lines and their sum"
    );
}

#[test]
fn an_invoice_without_lines_is_over_nothing() {
    assert_eq!(
        invoice(&[], &contract("regular")),
        Ok(vec!["0.00".to_string()]),
        "no lines, and a total of nothing"
    );
}

// Step 3: numbers that are none

#[test]
fn a_rate_above_one_is_refused() {
    for rate in [1.5, 1.01, f64::INFINITY] {
        assert_eq!(
            Contract::new(1, rate),
            Err(PricingError::NoRate),
            "with a rate of {rate}, the shop would pay the customer"
        );
    }
}

#[test]
fn a_rate_below_zero_is_refused() {
    for rate in [-0.1, -1.0, f64::NEG_INFINITY] {
        assert_eq!(
            Contract::new(1, rate),
            Err(PricingError::NoRate),
            "a rate of {rate} is a surcharge by stealth"
        );
    }
}

#[test]
fn a_rate_that_is_no_number_is_refused() {
    assert_eq!(
        Contract::new(1, f64::NAN).err(),
        Some(PricingError::NoRate),
        "NaN is neither below nor above anything"
    );
}

#[test]
fn a_price_that_is_none_is_refused() {
    for price in [f64::NAN, f64::INFINITY, -0.01, 10_000.01] {
        let charge = total_cents(&[item(1.0, 1), item(price, 1)], &contract("regular"));
        assert_eq!(
            charge,
            Err(PricingError::NoPrice),
            "the second item costs {price}"
        );
        let invoice = invoice(&[item(price, 1)], &contract("regular"));
        assert_eq!(
            invoice,
            Err(PricingError::NoPrice),
            "an invoice over an item at {price}"
        );
    }
}

// Step 4: not more than that

#[test]
fn the_limits_themselves_are_allowed() {
    let gift = Contract::new(1, 1.0).expect("a rate of 1 is a gift, and no mistake");
    assert_eq!(
        line_cents(&item(5.0, 1), &gift),
        Ok(0),
        "an item of 5.00 at a rate of 1"
    );
    let usual = Contract::new(1, 0.0).expect("a rate of 0 is no discount");
    assert_eq!(
        line_cents(&item(0.0, 1), &usual),
        Ok(0),
        "an item for nothing"
    );
    assert_eq!(
        line_cents(&item(HIGHEST_PRICE, 1), &usual),
        Ok(1_000_000),
        "one item at the highest price that is allowed"
    );
}

#[test]
fn the_rules_of_the_contracts_are_the_same() {
    for (quantity, expected) in [(9, 9000), (10, 9000), (11, 9900)] {
        assert_charge(
            &[item(10.0, quantity)],
            "bulk",
            expected,
            "10 % off from ten units on",
        );
    }
    assert_charge(&[item(100.0, 1)], "premium", 8500, "15 % off");
    assert_charge(&[item(100.0, 10)], "gold", 100_000, "no discount");
    let five_and_five = [item(10.0, 5), item(10.0, 5)];
    assert_charge(&five_and_five, "bulk", 10_000, "five and five are not ten");
}

#[test]
fn a_rate_may_have_fractions_of_a_percent() {
    let contract = Contract::new(1, 0.125).expect("a rate of 12.5 % is accepted");
    assert_eq!(
        line_cents(&item(10.0, 1), &contract),
        Ok(875),
        "10.00 less 12.5 %"
    );
}

#[test]
fn a_container_full_is_counted_exactly() {
    assert_charge(
        &[item(9_999.99, 1_000_000)],
        "regular",
        999_999_000_000,
        "a million units at 9999.99",
    );
}
