//! The gRPC door.

use std::sync::Arc;

use tonic::{Code, Request, Response, Status};
use uuid::Uuid;

use crate::domain::{NewUser, UserDto};
use crate::errors::AppError;
use crate::service::UserService;
use crate::users_v1::users_server::{Users, UsersServer};
use crate::users_v1::{
    CreateUserRequest, GetUserRequest, ListUsersRequest, ListUsersResponse, User,
};

/// What a client calls, made of the service.
pub struct UsersGrpc {
    service: Arc<dyn UserService>,
}

/// The gRPC door as a service that can be mounted.
pub fn server(service: Arc<dyn UserService>) -> UsersServer<UsersGrpc> {
    UsersServer::new(UsersGrpc { service })
}

impl From<AppError> for Status {
    fn from(error: AppError) -> Self {
        let code = match &error {
            AppError::NotFound(_) => Code::NotFound,
            AppError::Unauthorized(_) => Code::Unauthenticated,
            AppError::Forbidden(_) => Code::PermissionDenied,
            AppError::ValidationFailed(_) => Code::InvalidArgument,
            AppError::Conflict(_) => Code::AlreadyExists,
            AppError::ServiceUnavailable(_) => Code::Unavailable,
            AppError::Internal(_) => Code::Internal,
        };
        error.log_what_is_hidden();
        Self::new(code, error.public_message())
    }
}

impl From<UserDto> for User {
    fn from(user: UserDto) -> Self {
        Self {
            id: user.id.to_string(),
            name: user.name,
            ..Self::default()
        }
    }
}

#[tonic::async_trait]
impl Users for UsersGrpc {
    async fn get_user(&self, request: Request<GetUserRequest>) -> Result<Response<User>, Status> {
        let id = request.into_inner().id;
        let id = Uuid::parse_str(&id)
            .map_err(|_| Status::invalid_argument(format!("id: {id:?} is no UUID")))?;
        let user = self.service.get_user(id).await?;
        let user = user.ok_or_else(|| AppError::NotFound(format!("user {id}")))?;
        Ok(Response::new(user.into()))
    }

    async fn create_user(
        &self,
        request: Request<CreateUserRequest>,
    ) -> Result<Response<User>, Status> {
        let CreateUserRequest { name, email } = request.into_inner();
        let user = self.service.create_user(NewUser { name, email }).await?;
        Ok(Response::new(user.into()))
    }

    async fn list_users(
        &self,
        request: Request<ListUsersRequest>,
    ) -> Result<Response<ListUsersResponse>, Status> {
        let ListUsersRequest { page, size } = request.into_inner();
        let page = self.service.list_users(page, size).await?;
        Ok(Response::new(ListUsersResponse {
            users: page.users.into_iter().map(User::from).collect(),
            total: page.total,
        }))
    }
}
