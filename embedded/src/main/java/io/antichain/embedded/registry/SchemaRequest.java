package io.antichain.embedded.registry;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.avro.Schema;

/** A schema as a client sends it: the gateway that parses it, and refuses what this registry cannot keep. */
record SchemaRequest(Schema schema) {

    /**
     * Reads the body of a registration, a look-up or a compatibility test.
     *
     * @throws RegistryRefusal 42201 for what is not an Avro schema or needs more than one text, 42205 for a prescribed id
     */
    static SchemaRequest of(JsonNode body) {
        String type = body.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw unsupported("Only Avro schemas are kept here: schemaType=" + type + ". Send AVRO, or leave it out.");
        }
        if (!body.path("references").isEmpty()) {
            throw unsupported("References between schemas are not supported here: references="
                    + body.path("references").size() + ". Send one schema that contains the types it names.");
        }
        if (!body.path("ruleSet").isEmpty() || !body.path("metadata").isEmpty()) {
            throw unsupported(
                    "Rules and metadata of a schema cannot be kept here: fields=ruleSet,metadata. Leave them out.");
        }
        if (body.path("id").asInt(-1) > 0) {
            throw new RegistryRefusal(
                    42205, "The registry gives the ids: id=" + body.path("id").asInt() + ". Leave it out.");
        }
        if (!body.path("schema").isTextual()) {
            throw unsupported("A schema is sent as a JSON string: schema="
                    + body.path("schema").getNodeType() + ". Put the Avro schema's text, quoted, in the field schema.");
        }
        return new SchemaRequest(AvroText.parse(body.path("schema").asText()));
    }

    private static RegistryRefusal unsupported(String message) {
        return new RegistryRefusal(42201, message);
    }
}
