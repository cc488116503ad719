/**
 * The schema registry: which Avro schema has which id and version, what may follow what, and the REST calls that tell.
 * Read first: {@link io.antichain.embedded.registry.RegisteredSchemas} (the state), then
 * {@link io.antichain.embedded.registry.DurableSchemas} (the disk) and
 * {@link io.antichain.embedded.registry.RegistryRoutes} (HTTP).
 */
package io.antichain.embedded.registry;
