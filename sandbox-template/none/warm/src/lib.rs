//! Empty: a workspace needs a member before the first exercise has been started.
