/**
 * Broker and schema registry inside the JVM, so that a laptop and a test need nothing else installed.
 * Read first: {@link io.antichain.embedded.EmbeddedBroker}, {@link io.antichain.embedded.EmbeddedRegistry}.
 */
package io.antichain.embedded;
