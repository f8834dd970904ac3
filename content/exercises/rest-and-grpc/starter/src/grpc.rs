//! The gRPC door.

use std::sync::Arc;

use tonic::{Request, Response, Status};

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
        // Step 2.
        Self::unknown(error.to_string())
    }
}

#[tonic::async_trait]
impl Users for UsersGrpc {
    async fn get_user(&self, request: Request<GetUserRequest>) -> Result<Response<User>, Status> {
        // Step 3.
        let _ = (&self.service, request);
        Err(Status::unimplemented("get_user"))
    }

    async fn create_user(
        &self,
        request: Request<CreateUserRequest>,
    ) -> Result<Response<User>, Status> {
        // Step 3.
        let _ = request;
        Err(Status::unimplemented("create_user"))
    }

    async fn list_users(
        &self,
        request: Request<ListUsersRequest>,
    ) -> Result<Response<ListUsersResponse>, Status> {
        // Step 3.
        let _ = request;
        Err(Status::unimplemented("list_users"))
    }
}
