//! What HTTP asks for, and what it is answered. The rules are the service's.

use crate::app::AppState;
use crate::errors::{AppError, UserError};
use crate::extract::ValidJson;
use crate::model::{
    Claims, CreateUserRequest, LoginRequest, Page, PaginatedResponse, PaginationOptions, TokenPair,
    TokenType, UpdateUserRequest, UserDto,
};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use chrono::Utc;
use uuid::Uuid;

pub fn create_router(state: AppState) -> Router {
    let auth = Router::new()
        .route("/register", post(register))
        .route("/login", post(login))
        .route("/me", get(me));
    let one_user = get(get_user).put(update_user).delete(delete_user);
    let users = Router::new()
        .route("/", get(list_users).post(create_user))
        .route("/{id}", one_user);
    Router::new()
        .nest("/api/v1/auth", auth)
        .nest("/api/v1/users", users)
        .with_state(state)
}

impl AppError {
    /// No `_` arm: whoever adds a variant has to decide what the caller is told.
    fn status_and_code(&self) -> (StatusCode, &'static str) {
        match self {
            AppError::NotFound(_) => (StatusCode::NOT_FOUND, "NOT_FOUND"),
            AppError::Unauthorized(_) | AppError::TokenExpired | AppError::InvalidCredentials => {
                (StatusCode::UNAUTHORIZED, "UNAUTHORIZED")
            }
            AppError::Forbidden(_) => (StatusCode::FORBIDDEN, "FORBIDDEN"),
            AppError::ValidationFailed(_) => (StatusCode::BAD_REQUEST, "VALIDATION_FAILED"),
            AppError::Conflict(_) => (StatusCode::CONFLICT, "CONFLICT"),
            AppError::ServiceUnavailable(_) => {
                (StatusCode::SERVICE_UNAVAILABLE, "SERVICE_UNAVAILABLE")
            }
            AppError::Internal(_) | AppError::Database(_) | AppError::Cache(_) => {
                (StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL_ERROR")
            }
        }
    }
}

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        let (status, code) = self.status_and_code();
        let message = if status == StatusCode::INTERNAL_SERVER_ERROR {
            tracing::error!(error = %self, "request failed");
            "Internal server error".to_string()
        } else {
            self.to_string()
        };
        let body = serde_json::json!({
            "code": code,
            "message": message,
            "timestamp": Utc::now().to_rfc3339(),
        });
        (status, Json(body)).into_response()
    }
}

impl<T> PaginatedResponse<T> {
    pub fn new(data: Vec<T>, page: u32, size: u32, total: i64) -> Self {
        let rows = u64::try_from(total).unwrap_or(0);
        let pages = match size {
            0 => 0,
            _ => rows.div_ceil(u64::from(size)),
        };
        let total_pages = u32::try_from(pages).unwrap_or(u32::MAX);
        Self {
            data,
            page,
            size,
            total,
            total_pages,
            has_next: page < total_pages.saturating_sub(1),
            has_previous: page > 0,
        }
    }
}

// `Claims` stands first wherever a token is needed: extractors run in order, and a
// caller without a token is told of nothing but the missing token.

async fn list_users(
    _: Claims,
    State(state): State<AppState>,
    Query(opts): Query<PaginationOptions>,
) -> Result<Json<PaginatedResponse<UserDto>>, AppError> {
    let page = Page::of(&opts)?;
    let (users, total) = state.users.list_users(&opts).await?;
    let response = PaginatedResponse::new(users, page.number, page.size, total);
    Ok(Json(response))
}

async fn get_user(
    _: Claims,
    State(state): State<AppState>,
    Path(id): Path<Uuid>,
) -> Result<Json<UserDto>, AppError> {
    found(&state, id).await
}

async fn create_user(
    _: Claims,
    state: State<AppState>,
    body: ValidJson<CreateUserRequest>,
) -> Result<(StatusCode, Json<UserDto>), AppError> {
    register(state, body).await
}

async fn update_user(
    _: Claims,
    State(state): State<AppState>,
    Path(id): Path<Uuid>,
    ValidJson(request): ValidJson<UpdateUserRequest>,
) -> Result<Json<UserDto>, AppError> {
    state.users.update_user(id, request).await.map(Json)
}

async fn delete_user(
    _: Claims,
    State(state): State<AppState>,
    Path(id): Path<Uuid>,
) -> Result<StatusCode, AppError> {
    state.users.delete_user(id).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn register(
    State(state): State<AppState>,
    ValidJson(request): ValidJson<CreateUserRequest>,
) -> Result<(StatusCode, Json<UserDto>), AppError> {
    let user = state.users.create_user(request).await?;
    Ok((StatusCode::CREATED, Json(user)))
}

async fn login(
    State(state): State<AppState>,
    ValidJson(request): ValidJson<LoginRequest>,
) -> Result<Json<TokenPair>, AppError> {
    state.auth.login(request).await.map(Json)
}

async fn me(claims: Claims, State(state): State<AppState>) -> Result<Json<UserDto>, AppError> {
    if claims.token_type != TokenType::Access {
        return Err(AppError::Unauthorized("an access token is needed".into()));
    }
    found(&state, claims.sub).await
}

/// What the service calls `None` is a 404 to a client.
async fn found(state: &AppState, id: Uuid) -> Result<Json<UserDto>, AppError> {
    let user = state.users.get_user(id).await?;
    Ok(Json(user.ok_or(UserError::NotFound(id))?))
}
