package io.antichain.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.antichain.schemas.codec.DecodingException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * The part of the Confluent Schema Registry's REST interface that serializers need. Keeps nothing; thread-safe.
 *
 * <p>Calls are made as {@link RegistryConnection#exchange} makes them, and throw what it throws.
 */
final class RegistryClient {
    /**
     * A schema as the registry holds it.
     *
     * @param id its id
     * @param text its Avro JSON
     */
    record Registered(int id, String text) {}

    private final RegistryConnection registry;

    RegistryClient(RegistrySettings settings, Timing timing) {
        this.registry = new RegistryConnection(settings, timing);
    }

    /** The Avro JSON of the schema that is referred to. */
    String schema(SchemaReference reference) {
        JsonNode answer = registry.exchange("GET", reference::path, null);
        if (reference.isBare()) {
            return answer.toString();
        }
        if (!answer.path("schemaType").asText("AVRO").equals("AVRO")) {
            throw new DecodingException(
                    DecodingException.Failure.WRONG_SCHEMA,
                    "A record's schema is no Avro schema: id=" + reference + ", schemaType="
                            + answer.path("schemaType").asText() + "; send it to another topic");
        }
        return text(answer);
    }

    /** Registers {@code schema} under {@code subject} unless it is there; its id. */
    int register(String subject, Schema schema) {
        return id(exchange("POST", "/subjects/" + encoded(subject) + "/versions", request(schema)));
    }

    /** The id of {@code schema} under {@code subject}. */
    int lookUp(String subject, Schema schema) {
        return id(exchange("POST", "/subjects/" + encoded(subject), request(schema)));
    }

    /** The schema that was registered last under {@code subject}. */
    Registered latest(String subject) {
        JsonNode answer = exchange("GET", "/subjects/" + encoded(subject) + "/versions/latest", null);
        return new Registered(id(answer), text(answer));
    }

    /** The name of the compatibility level that holds for {@code subject}. */
    String compatibility(String subject) {
        try {
            return exchange("GET", "/config/" + encoded(subject) + "?defaultToGlobal=true", null)
                    .path("compatibilityLevel")
                    .asText();
        } catch (RegistryRefusedException unknown) {
            // Apicurio answers so for a subject that nobody has registered yet.
            return exchange("GET", "/config", null).path("compatibilityLevel").asText();
        }
    }

    /** Whether {@code schema} may become the next version of {@code subject}. */
    boolean accepts(String subject, Schema schema) {
        return exchange("POST", "/compatibility/subjects/" + encoded(subject) + "/versions/latest", request(schema))
                .path("is_compatible")
                .asBoolean();
    }

    /** The header Date of the address that answered last; empty if it gives none, or no answer. */
    Optional<String> date() {
        return registry.date("/config");
    }

    private JsonNode exchange(String method, String path, String body) {
        return registry.exchange(method, address -> address + path, body);
    }

    private static int id(JsonNode answer) {
        if (!answer.path("id").isInt()) {
            throw RegistryConnection.unavailable("an answer without an id, as no registry gives", null);
        }
        return answer.path("id").intValue();
    }

    private static String text(JsonNode answer) {
        if (!answer.path("schema").isTextual()) {
            throw RegistryConnection.unavailable("an answer without a schema, as no registry gives", null);
        }
        return answer.path("schema").textValue();
    }

    private static String request(Schema schema) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("schema", PlainSchema.of(schema).toString())
                .toString();
    }

    private static String encoded(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
