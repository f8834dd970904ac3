//! The workbench by its keys: what is pressed, what stands there then, what is asked of the world.
