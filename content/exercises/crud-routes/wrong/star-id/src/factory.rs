//! Five handlers in, a router out.

use axum::Router;
use axum::handler::Handler;
use axum::routing::get;

/// The routes of one resource: `/` for all of them, `/{id}` for one.
///
/// Each handler has a type parameter of its own for what it takes, which is left to the compiler.
pub fn crud_routes<S, L, G, C, U, D>(
    list: impl Handler<L, S>,
    get_one: impl Handler<G, S>,
    create: impl Handler<C, S>,
    update: impl Handler<U, S>,
    delete: impl Handler<D, S>,
) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    L: 'static,
    G: 'static,
    C: 'static,
    U: 'static,
    D: 'static,
{
    Router::new()
        .route("/", get(list).post(create))
        .route("/{*id}", get(get_one).put(update).delete(delete))
}
