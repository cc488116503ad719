package io.antichain.schemas.registry;

import io.antichain.wire.Event;
import org.apache.avro.Schema;

/** The Event schema as other versions might have it. */
final class SchemaVariants {
    private SchemaVariants() {}

    static String withAddedFieldFirst() {
        return Event.getClassSchema()
                .toString()
                .replaceFirst(
                        "\"fields\":\\[", "\"fields\":[{\"name\":\"added\",\"type\":\"string\",\"default\":\"none\"},");
    }

    static String withAddedKind() {
        return Event.getClassSchema().toString().replace("\"LEAVE\"]", "\"LEAVE\",\"ADDED\"]");
    }

    static String unreadable() {
        return Event.getClassSchema()
                .toString()
                .replace("{\"name\":\"counter\",\"type\":\"long\"", "{\"name\":" + "\"counter\",\"type\":\"boolean\"");
    }

    static Schema parsed(String text) {
        return new Schema.Parser().parse(text);
    }
}
