package io.antichain.schemas.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.avro.Schema;

/**
 * A schema as its file has it. Avro's generated Java classes name the class of each string beside it, which is no part of the
 * wire language and would make a registry take the two for different schemas.
 */
final class PlainSchema {
    private static final String OF_JAVA = "avro.java.string";
    private static final ObjectMapper JSON = new ObjectMapper();

    private PlainSchema() {}

    static Schema of(Schema generated) {
        try {
            JsonNode text = JSON.readTree(generated.toString());
            text.findParents(OF_JAVA).forEach(type -> ((ObjectNode) type).remove(OF_JAVA));
            return new Schema.Parser().parse(text.toString());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
