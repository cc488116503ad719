package io.antichain.embedded.registry;

import org.apache.avro.Schema;

/** The gateway for schema texts: Avro's own parser, with names and defaults checked. */
final class AvroText {

    private AvroText() {}

    /**
     * Parses an Avro schema. Its {@code toString()} is the canonical text: two texts are one schema where these are equal, so
     * white space and the order of attributes do not matter, while docs, defaults, aliases and properties do.
     *
     * @throws RegistryRefusal 42201 if the text is not an Avro schema
     */
    static Schema parse(String text) {
        if (text == null || text.isBlank()) {
            throw invalid("it is empty");
        }
        try {
            return new Schema.Parser().parse(text);
        } catch (RuntimeException e) {
            throw invalid(e.getMessage());
        }
    }

    private static RegistryRefusal invalid(String reason) {
        return new RegistryRefusal(
                42201, "A schema must be a valid Avro schema: reason=" + reason + ". Correct it and register again.");
    }
}
