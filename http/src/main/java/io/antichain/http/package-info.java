/**
 * The HTTP server under nodes and analyzer: who may ask, in what form, and how long it may take.
 * Start at {@link io.antichain.http.HttpServer}; {@link io.antichain.http.RequestGuard} holds the rules.
 */
package io.antichain.http;
