//! Five handlers in, a router out.

use axum::Router;
use axum::extract::Path;
use axum::handler::Handler;
use axum::routing::get;
use uuid::Uuid;

/// The routes of one resource: `/` for all of them, `/{id}` for one.
pub fn crud_routes<S: Clone + Send + Sync + 'static>(
    list: impl Handler<(), S>,
    get_one: impl Handler<(Path<Uuid>,), S>,
    create: impl Handler<(), S>,
    update: impl Handler<(Path<Uuid>,), S>,
    delete: impl Handler<(Path<Uuid>,), S>,
) -> Router<S> {
    Router::new()
        .route("/", get(list).post(create))
        .route("/:id", get(get_one).put(update).delete(delete))
}
