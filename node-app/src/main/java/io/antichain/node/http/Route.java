package io.antichain.node.http;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;

/**
 * One documented operation.
 *
 * @param method GET or POST
 * @param path the whole path, without parameters
 * @param answer answers it, at once or later
 */
record Route(HandlerType method, String path, Handler answer) {}
