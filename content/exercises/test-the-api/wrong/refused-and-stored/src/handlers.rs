//! What HTTP asks for, and what it is answered. This is the right implementation;
//! your suite has to accept it.
//!
//! | request                     | answer                                           |
//! |-----------------------------|--------------------------------------------------|
//! | any, without a good token   | 401                                              |
//! | `POST /api/v1/users`        | 201 and the user; 409 for an email that is taken |
//! | `GET /api/v1/users/{id}`    | 200 and the user                                 |
//! | `PUT /api/v1/users/{id}`    | 200 and the user; 409 for somebody else's email  |
//! | `DELETE /api/v1/users/{id}` | 204                                              |
//! | an id of nobody's           | 404                                              |
//! | a name that is blank        | 422, and nothing is stored                       |

use crate::store::{AppState, TOKEN, User, UserRequest};
use axum::Json;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::StatusCode;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;

/// A handler that takes this runs only for a caller with a good token.
pub struct Caller;

impl FromRequestParts<AppState> for Caller {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, StatusCode> {
        let token = parts
            .headers
            .get(AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.strip_prefix("Bearer "));
        match token {
            Some(TOKEN) => Ok(Self),
            _ => Err(StatusCode::UNAUTHORIZED),
        }
    }
}

pub async fn create_user(
    _: Caller,
    State(state): State<AppState>,
    Json(request): Json<UserRequest>,
) -> Result<(StatusCode, Json<User>), StatusCode> {
    let valid = validate(&request);
    let mut users = state.users();
    if users.values().any(|user| user.email == request.email) {
        return Err(StatusCode::CONFLICT);
    }
    let id = users.keys().last().map_or(1, |last| last + 1);
    let user = User {
        id,
        name: request.name,
        email: request.email,
    };
    users.insert(id, user.clone());
    valid?;
    Ok((StatusCode::CREATED, Json(user)))
}

pub async fn get_user(
    _: Caller,
    State(state): State<AppState>,
    Path(id): Path<u32>,
) -> Result<Json<User>, StatusCode> {
    let found = state.users().get(&id).cloned();
    found.map(Json).ok_or(StatusCode::NOT_FOUND)
}

pub async fn update_user(
    _: Caller,
    State(state): State<AppState>,
    Path(id): Path<u32>,
    Json(request): Json<UserRequest>,
) -> Result<Json<User>, StatusCode> {
    validate(&request)?;
    let mut users = state.users();
    if !users.contains_key(&id) {
        return Err(StatusCode::NOT_FOUND);
    }
    let mut others = users.values().filter(|user| user.id != id);
    if others.any(|user| user.email == request.email) {
        return Err(StatusCode::CONFLICT);
    }
    let user = User {
        id,
        name: request.name,
        email: request.email,
    };
    users.insert(id, user.clone());
    Ok(Json(user))
}

pub async fn delete_user(
    _: Caller,
    State(state): State<AppState>,
    Path(id): Path<u32>,
) -> Result<StatusCode, StatusCode> {
    match state.users().remove(&id) {
        Some(_) => Ok(StatusCode::NO_CONTENT),
        None => Err(StatusCode::NOT_FOUND),
    }
}

fn validate(request: &UserRequest) -> Result<(), StatusCode> {
    match request.name.trim() {
        "" => Err(StatusCode::UNPROCESSABLE_ENTITY),
        _ => Ok(()),
    }
}
