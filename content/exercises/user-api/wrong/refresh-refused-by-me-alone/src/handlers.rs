//! What HTTP asks for, and what it is answered. The rules are the service's.

use crate::app::AppState;
use crate::auth::issue_tokens;
use crate::domain::{
    Claims, CreateUserRequest, LoginRequest, TokenPair, TokenType, UpdateUserRequest, UserDto,
};
use crate::errors::AppError;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use chrono::Utc;
use uuid::Uuid;

pub async fn register(
    State(state): State<AppState>,
    Json(request): Json<CreateUserRequest>,
) -> Result<(StatusCode, Json<UserDto>), AppError> {
    let user = state.users.create_user(request)?;
    Ok((StatusCode::CREATED, Json(user)))
}

pub async fn login(
    State(state): State<AppState>,
    Json(request): Json<LoginRequest>,
) -> Result<Json<TokenPair>, AppError> {
    let user = state
        .users
        .authenticate(&request.email, &request.password)?;
    let tokens = issue_tokens(&state.jwt_secret, user, Utc::now().timestamp())?;
    Ok(Json(tokens))
}

pub async fn me(claims: Claims, State(state): State<AppState>) -> Result<Json<UserDto>, AppError> {
    if claims.token_type != TokenType::Access {
        return Err(AppError::Unauthorized("an access token is needed".into()));
    }
    state.users.get_user(claims.sub).map(Json)
}

// `Claims` stands first wherever a token is needed: extractors run in order, and a
// caller without a token is told of nothing but the missing token.

pub async fn create_user(
    _: Claims,
    State(state): State<AppState>,
    Json(request): Json<CreateUserRequest>,
) -> Result<(StatusCode, Json<UserDto>), AppError> {
    let user = state.users.create_user(request)?;
    Ok((StatusCode::CREATED, Json(user)))
}

pub async fn get_user(
    _: Claims,
    State(state): State<AppState>,
    Path(id): Path<Uuid>,
) -> Result<Json<UserDto>, AppError> {
    state.users.get_user(id).map(Json)
}

pub async fn update_user(
    _: Claims,
    State(state): State<AppState>,
    Path(id): Path<Uuid>,
    Json(request): Json<UpdateUserRequest>,
) -> Result<Json<UserDto>, AppError> {
    state.users.update_user(id, request).map(Json)
}

pub async fn delete_user(
    _: Claims,
    State(state): State<AppState>,
    Path(id): Path<Uuid>,
) -> Result<StatusCode, AppError> {
    state.users.delete_user(id)?;
    Ok(StatusCode::NO_CONTENT)
}
