/**
 * The node's HTTP API, described in the resource {@code openapi.yaml} beside it.
 * Start at {@link io.antichain.node.http.HttpApi}.
 */
package io.antichain.node.http;
