package io.antichain.interop;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;

/**
 * The latest schema of a subject, as Confluent's registry client finds it.
 *
 * @param versions all that the subject has
 */
record Subject(String name, int id, Schema schema, List<Integer> versions) {
    private static final int CACHED_SCHEMAS = 100;

    /**
     * Asks the registry; no earlier answer counts.
     *
     * @throws DifferenceException if the registry refuses, or what it answers does not go together
     * @throws IOException if no registry answers
     */
    static Subject find(CheckSettings settings, String name) throws IOException {
        SchemaRegistryClient registry = client(settings);
        try {
            int id = registry.getLatestSchemaMetadata(name).getId();
            Subject subject = new Subject(
                    name, id, ((AvroSchema) registry.getSchemaById(id)).rawSchema(), registry.getAllVersions(name));
            int lookedUp = idOf(settings, name, subject.schema());
            if (lookedUp != id) {
                throw new DifferenceException("A subject's latest schema has another id when it is looked up: subject="
                        + name + ", latest=" + id + ", looked up=" + lookedUp);
            }
            return subject;
        } catch (RestClientException refused) {
            throw refused(name, refused);
        }
    }

    /** The id of a schema of a subject. Throws as {@link #find} does, also where the subject lacks the schema. */
    static int idOf(CheckSettings settings, String name, Schema schema) throws IOException {
        try {
            return client(settings).getId(name, new AvroSchema(schema));
        } catch (RestClientException refused) {
            throw refused(name, refused);
        }
    }

    private static SchemaRegistryClient client(CheckSettings settings) {
        return new CachedSchemaRegistryClient(settings.registryUrl(), CACHED_SCHEMAS);
    }

    private static DifferenceException refused(String name, RestClientException refused) {
        return new DifferenceException(
                "The registry refuses what Confluent's client asks: subject=" + name + ", reason="
                        + refused.getMessage(),
                refused);
    }
}
