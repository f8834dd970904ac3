//! The judge of the user API: the whole application behind a test server, with no
//! network and no database.

use axum::http::StatusCode;
use axum_test::{TestResponse, TestServer};
use chrono::Utc;
use serde_json::{Value, json};
use user_api::app::{TEST_SECRET, setup_test_app};
use user_api::primitives::{base64url_decode, base64url_encode, hmac_sha256, verify_hmac_sha256};

// Fixtures

async fn server() -> TestServer {
    TestServer::new(setup_test_app().await).unwrap()
}

fn bearer(token: &str) -> String {
    format!("Bearer {token}")
}

fn credentials(email: &str, password: &str) -> Value {
    json!({ "email": email, "password": password })
}

fn person(name: &str, email: &str) -> Value {
    json!({ "name": name, "email": email, "password": "Password123" })
}

/// Fails with a sentence unless `response` has the status that was wanted.
#[track_caller]
fn assert_status(response: &TestResponse, wanted: StatusCode, when: &str) {
    let got = response.status_code();
    assert!(
        got == wanted,
        "expected {wanted} {when}, got {got} with the body `{}`",
        response.text()
    );
}

/// The body of `response`, which has to be JSON.
#[track_caller]
fn body(response: &TestResponse) -> Value {
    serde_json::from_str(&response.text())
        .unwrap_or_else(|_| panic!("expected JSON, got the body `{}`", response.text()))
}

/// Registers somebody and answers the id.
async fn register(server: &TestServer, name: &str, email: &str) -> String {
    let response = server
        .post("/api/v1/auth/register")
        .json(&person(name, email))
        .await;
    assert_status(&response, StatusCode::CREATED, "for a registration");
    body(&response)["id"]
        .as_str()
        .unwrap_or_else(|| panic!("expected the user with an `id`, got {}", response.text()))
        .to_string()
}

/// Logs in and answers the two tokens.
async fn login(server: &TestServer, email: &str) -> (String, String) {
    let response = server
        .post("/api/v1/auth/login")
        .json(&credentials(email, "Password123"))
        .await;
    assert_status(
        &response,
        StatusCode::OK,
        "for a login with the right password",
    );
    let tokens = body(&response);
    let token = |name: &str| match tokens[name].as_str() {
        Some(token) => token.to_string(),
        None => panic!("expected `{name}` in the answer to a login, got {tokens}"),
    };
    (token("access_token"), token("refresh_token"))
}

/// Registers somebody who is there for the token alone.
async fn get_test_auth_token(server: &TestServer) -> String {
    register(server, "Token Holder", "holder@test.com").await;
    login(server, "holder@test.com").await.0
}

async fn me(server: &TestServer, authorization: &str) -> TestResponse {
    server
        .get("/api/v1/auth/me")
        .add_header("Authorization", authorization)
        .await
}

/// The header and the payload of a token, decoded, and its signature as it stands.
#[track_caller]
fn take_apart(token: &str) -> (Value, Value, String) {
    let parts: Vec<&str> = token.split('.').collect();
    assert_eq!(
        parts.len(),
        3,
        "expected a token of three parts with dots between, got `{token}`"
    );
    let json = |part: &str| {
        base64url_decode(part)
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_else(|| panic!("expected JSON in base64url, got `{part}` in `{token}`"))
    };
    (json(parts[0]), json(parts[1]), parts[2].to_string())
}

fn seconds_in(payload: &Value, claim: &str) -> i64 {
    payload[claim]
        .as_i64()
        .unwrap_or_else(|| panic!("expected `{claim}` to be a time in Unix seconds, got {payload}"))
}

fn unsigned(header: &Value, payload: &Value) -> String {
    let part = |value: &Value| base64url_encode(value.to_string().as_bytes());
    format!("{}.{}", part(header), part(payload))
}

/// A token made by hand, with a signature that is right for `secret`.
fn signed(header: &Value, payload: &Value, secret: &[u8]) -> String {
    let signed = unsigned(header, payload);
    let signature = base64url_encode(&hmac_sha256(secret, signed.as_bytes()));
    format!("{signed}.{signature}")
}

// Step 1: registration

#[tokio::test]
async fn register_answers_201_and_the_user() {
    let server = server().await;

    let response = server
        .post("/api/v1/auth/register")
        .json(&person("Ada", "ada@test.com"))
        .await;

    assert_status(&response, StatusCode::CREATED, "for a registration");
    let user = body(&response);
    assert_eq!(
        (
            user["name"].as_str(),
            user["email"].as_str(),
            user["id"].is_string()
        ),
        (Some("Ada"), Some("ada@test.com"), true),
        "expected the new user with `id`, `name` and `email`, got {user}"
    );
}

#[tokio::test]
async fn register_refuses_a_taken_email() {
    let server = server().await;
    register(&server, "Ada", "ada@test.com").await;

    let second = server
        .post("/api/v1/auth/register")
        .json(&person("Another Ada", "ada@test.com"))
        .await;

    assert_status(
        &second,
        StatusCode::CONFLICT,
        "for an email that has an account",
    );
}

#[tokio::test]
async fn register_refuses_what_does_not_validate() {
    let server = server().await;
    let cases = [
        (
            "a blank name",
            json!({ "name": " ", "email": "a@test.com", "password": "Password123" }),
        ),
        (
            "an email without a host",
            json!({ "name": "A", "email": "a@", "password": "Password123" }),
        ),
        (
            "a password of 7 characters",
            json!({ "name": "A", "email": "a@test.com", "password": "Passwor" }),
        ),
    ];
    for (what, request) in cases {
        let response = server.post("/api/v1/auth/register").json(&request).await;

        assert_status(&response, StatusCode::BAD_REQUEST, &format!("for {what}"));
        let answer = body(&response);
        assert_eq!(
            answer["code"], "VALIDATION_FAILED",
            "expected the code of `AppError::ValidationFailed` for {what}, got {answer}"
        );
    }
}

// Step 2: login

#[tokio::test]
async fn login_answers_two_different_tokens() {
    let server = server().await;
    register(&server, "Ada", "ada@test.com").await;

    let (access, refresh) = login(&server, "ada@test.com").await;

    assert_ne!(
        access, refresh,
        "expected an access token and a refresh token, got the same token twice"
    );
}

#[tokio::test]
async fn a_token_is_signed_and_says_whose_it_is_and_until_when() {
    let server = server().await;
    let id = register(&server, "Ada", "ada@test.com").await;
    let (access, refresh) = login(&server, "ada@test.com").await;

    for (token, kind, lifetime) in [(access, "access", 900), (refresh, "refresh", 604_800)] {
        let (header, payload, signature) = take_apart(&token);
        assert_eq!(
            header["alg"], "HS256",
            "expected HS256 in the header of the {kind} token, got {header}"
        );
        assert_eq!(
            (payload["sub"].as_str(), payload["token_type"].as_str()),
            (Some(id.as_str()), Some(kind)),
            "expected the user's id in `sub` and `{kind}` in `token_type`, got \
             {payload}"
        );
        let (iat, exp) = (seconds_in(&payload, "iat"), seconds_in(&payload, "exp"));
        assert!(
            (Utc::now().timestamp() - iat).abs() < 600,
            "expected the time of the login in `iat`, in Unix seconds, got {payload}"
        );
        assert_eq!(
            exp - iat,
            lifetime,
            "expected the {kind} token to end {lifetime} seconds after it was issued, \
             got {payload}"
        );
        let (signed, _) = token.rsplit_once('.').unwrap();
        let signature = base64url_decode(&signature).unwrap_or_default();
        assert!(
            verify_hmac_sha256(TEST_SECRET, signed.as_bytes(), &signature),
            "expected the third part to be the HMAC-SHA-256 of `header.payload` under \
             the app's secret, got `{token}`"
        );
    }
}

#[tokio::test]
async fn login_refuses_a_wrong_password() {
    let server = server().await;
    register(&server, "Ada", "ada@test.com").await;

    let response = server
        .post("/api/v1/auth/login")
        .json(&credentials("ada@test.com", "password123"))
        .await;

    assert_status(
        &response,
        StatusCode::UNAUTHORIZED,
        "for a login with a wrong password",
    );
}

#[tokio::test]
async fn login_does_not_tell_whether_an_email_is_known() {
    let server = server().await;
    register(&server, "Ada", "ada@test.com").await;

    let known = server
        .post("/api/v1/auth/login")
        .json(&credentials("ada@test.com", "not her password"))
        .await;
    let unknown = server
        .post("/api/v1/auth/login")
        .json(&credentials("nobody@test.com", "not her password"))
        .await;

    assert_status(
        &unknown,
        StatusCode::UNAUTHORIZED,
        "for a login with an unknown email",
    );
    let (known, unknown) = (body(&known), body(&unknown));
    assert_eq!(
        (&known["code"], &known["message"]),
        (&unknown["code"], &unknown["message"]),
        "expected one and the same answer to a wrong password and to an unknown email"
    );
}

// Step 3: tokens

#[tokio::test]
async fn test_auth_flow() {
    let app = setup_test_app().await;
    let server = TestServer::new(app).unwrap();

    let register_resp = server
        .post("/api/v1/auth/register")
        .json(&person("Auth Test", "auth@test.com"))
        .await;
    assert_status(&register_resp, StatusCode::CREATED, "for a registration");

    let login_resp = server
        .post("/api/v1/auth/login")
        .json(&credentials("auth@test.com", "Password123"))
        .await;
    assert_status(&login_resp, StatusCode::OK, "for a login");
    let tokens = body(&login_resp);
    assert!(
        tokens["access_token"].is_string() && tokens["refresh_token"].is_string(),
        "expected `access_token` and `refresh_token`, got {tokens}"
    );

    let me_resp = me(&server, &bearer(tokens["access_token"].as_str().unwrap())).await;
    assert_status(&me_resp, StatusCode::OK, "for /me with an access token");

    let unauth_resp = server.get("/api/v1/auth/me").await;
    assert_status(
        &unauth_resp,
        StatusCode::UNAUTHORIZED,
        "for /me without a token",
    );
}

#[tokio::test]
async fn me_is_the_user_of_the_token() {
    let server = server().await;
    for (name, email) in [("Ada", "ada@test.com"), ("Grace", "grace@test.com")] {
        register(&server, name, email).await;
    }
    for (name, email) in [("Grace", "grace@test.com"), ("Ada", "ada@test.com")] {
        let (access, _) = login(&server, email).await;

        let response = me(&server, &bearer(&access)).await;

        assert_status(&response, StatusCode::OK, "for /me with an access token");
        let user = body(&response);
        assert_eq!(
            (user["name"].as_str(), user["email"].as_str()),
            (Some(name), Some(email)),
            "expected /me to answer the user whose token it is, got {user}"
        );
    }
}

#[tokio::test]
async fn the_bearer_scheme_is_required() {
    let server = server().await;
    let token = get_test_auth_token(&server).await;

    for header in [
        token.clone(),
        format!("Basic {token}"),
        format!("Bearer{token}"),
    ] {
        let response = me(&server, &header).await;

        let start: String = header.chars().take(12).collect();
        assert_status(
            &response,
            StatusCode::UNAUTHORIZED,
            &format!("for a header that begins with `{start}` and not with `Bearer `"),
        );
    }
}

#[tokio::test]
async fn a_refresh_token_opens_nothing() {
    let server = server().await;
    register(&server, "Ada", "ada@test.com").await;
    let (_, refresh) = login(&server, "ada@test.com").await;

    let response = me(&server, &bearer(&refresh)).await;

    assert_status(
        &response,
        StatusCode::UNAUTHORIZED,
        "for /me with the refresh token",
    );
}

#[tokio::test]
async fn a_forged_token_is_refused() {
    let server = server().await;
    let token = get_test_auth_token(&server).await;
    let victim = register(&server, "Victim", "victim@test.com").await;
    let (header, payload, signature) = take_apart(&token);
    let mut stolen = payload.clone();
    stolen["sub"] = victim.into();

    let forged = [
        (
            "another user's id and the old signature",
            format!("{}.{signature}", unsigned(&header, &stolen)),
        ),
        (
            "a signature made with another secret",
            signed(&header, &payload, b"guessed"),
        ),
        (
            "an empty signature",
            format!("{}.", unsigned(&header, &payload)),
        ),
    ];
    for (what, token) in forged {
        let response = me(&server, &bearer(&token)).await;

        assert_status(
            &response,
            StatusCode::UNAUTHORIZED,
            &format!("for a token with {what}"),
        );
    }
}

#[tokio::test]
async fn an_expired_token_is_refused() {
    let server = server().await;
    let token = get_test_auth_token(&server).await;
    let (header, mut payload, _) = take_apart(&token);

    payload["exp"] = (Utc::now().timestamp() + 600).into();
    let open = me(&server, &bearer(&signed(&header, &payload, TEST_SECRET))).await;
    assert_status(
        &open,
        StatusCode::OK,
        "for a signed token that is good for ten minutes more",
    );

    // `exp` lies after now, or it is over: at the very second too. More tries than
    // one, for the next second may have begun when the answer is made.
    for ago in [600, 0, 0, 0, 0, 0] {
        payload["exp"] = (Utc::now().timestamp() - ago).into();
        let closed = me(&server, &bearer(&signed(&header, &payload, TEST_SECRET))).await;
        assert_status(
            &closed,
            StatusCode::UNAUTHORIZED,
            &format!("for a token that ended {ago} seconds ago"),
        );
    }
}

#[tokio::test]
async fn only_hs256_is_accepted() {
    let server = server().await;
    let token = get_test_auth_token(&server).await;
    let (_, payload, _) = take_apart(&token);
    let none = json!({ "alg": "none", "typ": "JWT" });
    let other = json!({ "alg": "HS512", "typ": "JWT" });
    let small = json!({ "alg": "hs256", "typ": "JWT" });

    let tokens = [
        (
            "`none` and no signature",
            format!("{}.", unsigned(&none, &payload)),
        ),
        (
            "`none` and a signature",
            signed(&none, &payload, TEST_SECRET),
        ),
        (
            "`HS512` and an HS256 signature",
            signed(&other, &payload, TEST_SECRET),
        ),
        (
            "`hs256` and an HS256 signature",
            signed(&small, &payload, TEST_SECRET),
        ),
    ];
    for (what, token) in tokens {
        let response = me(&server, &bearer(&token)).await;

        assert_status(
            &response,
            StatusCode::UNAUTHORIZED,
            &format!("for a token with alg {what}"),
        );
    }
}

#[tokio::test]
async fn what_is_no_token_is_refused() {
    let server = server().await;
    let no_json = base64url_encode(b"no json");
    let signed_nonsense = {
        let signed = format!("{no_json}.{no_json}");
        let signature = base64url_encode(&hmac_sha256(TEST_SECRET, signed.as_bytes()));
        format!("{signed}.{signature}")
    };
    for text in ["x", "x.y", "x.y.z", "...", "!.!.!", &signed_nonsense] {
        let request = server
            .get("/api/v1/auth/me")
            .add_header("Authorization", bearer(text));
        // In a task of its own, so that a panic of the application is an answer
        // here, and not the end.
        let answer = tokio::spawn(request.into_future()).await;

        let response = answer.unwrap_or_else(|panic| {
            panic!("expected 401 for the token `{text}`, but the application panicked: {panic}")
        });
        assert_status(
            &response,
            StatusCode::UNAUTHORIZED,
            &format!("for the token `{text}`"),
        );
    }
}

// Step 4: create, read, delete

#[tokio::test]
async fn test_user_crud_flow() {
    let app = setup_test_app().await;
    let server = TestServer::new(app).unwrap();
    let token = bearer(&get_test_auth_token(&server).await);

    let create_response = server
        .post("/api/v1/users")
        .add_header("Authorization", &token)
        .json(&person("Integration User", "integration@test.com"))
        .await;
    assert_status(&create_response, StatusCode::CREATED, "for a new user");
    let user = body(&create_response);
    let user_id = user["id"].as_str().expect("expected the new user's `id`");
    let path = format!("/api/v1/users/{user_id}");

    let get_response = server.get(&path).add_header("Authorization", &token).await;
    assert_status(&get_response, StatusCode::OK, "for a user who exists");
    let fetched = body(&get_response);
    assert_eq!(
        fetched["name"], "Integration User",
        "expected the user who was created, got {fetched}"
    );

    let delete_response = server
        .delete(&path)
        .add_header("Authorization", &token)
        .await;
    assert_status(
        &delete_response,
        StatusCode::NO_CONTENT,
        "for the deletion of a user",
    );

    let verify_response = server.get(&path).add_header("Authorization", &token).await;
    assert_status(
        &verify_response,
        StatusCode::NOT_FOUND,
        "for a user who was deleted",
    );
}

#[tokio::test]
async fn users_need_a_token() {
    let server = server().await;
    let id = register(&server, "Ada", "ada@test.com").await;
    let (_, refresh) = login(&server, "ada@test.com").await;
    let path = format!("/api/v1/users/{id}");

    let created = server
        .post("/api/v1/users")
        .json(&person("Eve", "eve@test.com"))
        .await;
    assert_status(
        &created,
        StatusCode::UNAUTHORIZED,
        "for POST without a token",
    );
    let read = server.get(&path).await;
    assert_status(&read, StatusCode::UNAUTHORIZED, "for GET without a token");
    let deleted = server.delete(&path).await;
    assert_status(
        &deleted,
        StatusCode::UNAUTHORIZED,
        "for DELETE without a token",
    );
    let refreshed = server
        .get(&path)
        .add_header("Authorization", bearer(&refresh))
        .await;
    assert_status(
        &refreshed,
        StatusCode::UNAUTHORIZED,
        "for GET with a refresh token",
    );
}

#[tokio::test]
async fn a_caller_without_a_token_is_told_nothing_else() {
    let server = server().await;

    let response = server.get("/api/v1/users/not-an-id").await;

    assert_status(
        &response,
        StatusCode::UNAUTHORIZED,
        "for a bad id without a token: the missing token comes first",
    );
}

#[tokio::test]
async fn a_new_user_is_checked_as_in_a_registration() {
    let server = server().await;
    let token = bearer(&get_test_auth_token(&server).await);
    let create = |request: Value| {
        server
            .post("/api/v1/users")
            .add_header("Authorization", &token)
            .json(&request)
    };

    let blank = create(person(" ", "blank@test.com")).await;
    assert_status(
        &blank,
        StatusCode::BAD_REQUEST,
        "for a user with a blank name",
    );
    let taken = create(person("Twin", "holder@test.com")).await;
    assert_status(
        &taken,
        StatusCode::CONFLICT,
        "for an email that has an account",
    );
}

#[tokio::test]
async fn a_user_who_does_not_exist_is_404() {
    let server = server().await;
    let token = bearer(&get_test_auth_token(&server).await);
    let path = "/api/v1/users/00000000-0000-4000-8000-000000000000";

    let read = server.get(path).add_header("Authorization", &token).await;
    assert_status(
        &read,
        StatusCode::NOT_FOUND,
        "for GET of a user who does not exist",
    );
    let deleted = server
        .delete(path)
        .add_header("Authorization", &token)
        .await;
    assert_status(
        &deleted,
        StatusCode::NOT_FOUND,
        "for DELETE of a user who does not exist",
    );
}

// Step 5: change

async fn put(server: &TestServer, token: &str, id: &str, request: Value) -> TestResponse {
    server
        .put(&format!("/api/v1/users/{id}"))
        .add_header("Authorization", token)
        .json(&request)
        .await
}

async fn read(server: &TestServer, token: &str, id: &str) -> TestResponse {
    server
        .get(&format!("/api/v1/users/{id}"))
        .add_header("Authorization", token)
        .await
}

#[tokio::test]
async fn put_changes_only_what_is_sent() {
    let server = server().await;
    let token = bearer(&get_test_auth_token(&server).await);
    let id = register(&server, "Ada", "ada@test.com").await;
    let before = body(&read(&server, &token, &id).await);

    for (request, name, email) in [
        (json!({ "name": "Ada L." }), "Ada L.", "ada@test.com"),
        (
            json!({ "email": "lovelace@test.com" }),
            "Ada L.",
            "lovelace@test.com",
        ),
        (json!({}), "Ada L.", "lovelace@test.com"),
    ] {
        let response = put(&server, &token, &id, request.clone()).await;

        assert_status(&response, StatusCode::OK, &format!("for PUT {request}"));
        let user = body(&response);
        assert_eq!(
            (user["name"].as_str(), user["email"].as_str()),
            (Some(name), Some(email)),
            "expected PUT {request} to change what it names and to leave the rest, \
             got {user}"
        );
        assert_eq!(
            (&user["id"], &user["created_at"]),
            (&before["id"], &before["created_at"]),
            "expected PUT {request} to leave `id` and `created_at`"
        );
    }
    // And the password: it is still good, with the new email.
    login(&server, "lovelace@test.com").await;
}

#[tokio::test]
async fn a_changed_user_is_read_as_changed() {
    let server = server().await;
    let token = bearer(&get_test_auth_token(&server).await);
    let id = register(&server, "Ada", "ada@test.com").await;
    read(&server, &token, &id).await;

    let changed = put(&server, &token, &id, json!({ "name": "Ada L." })).await;
    assert_status(&changed, StatusCode::OK, "for PUT with a new name");

    let read = read(&server, &token, &id).await;
    assert_status(&read, StatusCode::OK, "for GET after PUT");
    assert_eq!(
        body(&read)["name"],
        "Ada L.",
        "expected GET to answer the new name, but the cache still had {}",
        read.text()
    );
}

#[tokio::test]
async fn put_refuses_what_does_not_validate() {
    let server = server().await;
    let token = bearer(&get_test_auth_token(&server).await);
    let id = register(&server, "Ada", "ada@test.com").await;

    for request in [json!({ "name": " " }), json!({ "email": "ada" })] {
        let response = put(&server, &token, &id, request.clone()).await;

        assert_status(
            &response,
            StatusCode::BAD_REQUEST,
            &format!("for PUT {request}"),
        );
    }
    let user = body(&read(&server, &token, &id).await);
    assert_eq!(
        (user["name"].as_str(), user["email"].as_str()),
        (Some("Ada"), Some("ada@test.com")),
        "expected what was refused to change nothing, got {user}"
    );
}

#[tokio::test]
async fn put_cannot_take_another_users_email() {
    let server = server().await;
    let token = bearer(&get_test_auth_token(&server).await);
    let id = register(&server, "Ada", "ada@test.com").await;

    let request = json!({ "name": "Eve", "email": "holder@test.com" });
    let taken = put(&server, &token, &id, request).await;
    assert_status(
        &taken,
        StatusCode::CONFLICT,
        "for PUT with another user's email",
    );
    let user = body(&read(&server, &token, &id).await);
    assert_eq!(
        (user["name"].as_str(), user["email"].as_str()),
        (Some("Ada"), Some("ada@test.com")),
        "expected what was refused to change nothing, got {user}"
    );
    let own = put(&server, &token, &id, json!({ "email": "ada@test.com" })).await;
    assert_status(
        &own,
        StatusCode::OK,
        "for PUT with the email that the user has already",
    );
}

#[tokio::test]
async fn put_needs_a_token_and_a_user() {
    let server = server().await;
    let token = bearer(&get_test_auth_token(&server).await);
    let id = register(&server, "Ada", "ada@test.com").await;

    let anonymous = server
        .put(&format!("/api/v1/users/{id}"))
        .json(&json!({ "name": "Eve" }))
        .await;
    assert_status(
        &anonymous,
        StatusCode::UNAUTHORIZED,
        "for PUT without a token",
    );
    let nobody = "00000000-0000-4000-8000-000000000000";
    let unknown = put(&server, &token, nobody, json!({ "name": "Eve" })).await;
    assert_status(
        &unknown,
        StatusCode::NOT_FOUND,
        "for PUT to a user who does not exist",
    );
}
