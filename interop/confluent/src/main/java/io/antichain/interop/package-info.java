/**
 * A reader and writer of Antichain's topics that has nothing of Antichain but the schemas: Confluent's own serializer,
 * deserializer and registry client, of version 7.7. Begin with {@link io.antichain.interop.ConfluentCheck}.
 */
package io.antichain.interop;
