package io.antichain.schemas.registry;

import io.antichain.schemas.codec.DecodingException;
import io.antichain.schemas.codec.DecodingException.Failure;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Which schema a record was written in, and where its Avro begins. The frame before the value says so (0x00 and the id in
 * four bytes), or a header: Confluent's {@code __value_schema_id} with an id or a GUID, or Apicurio's
 * {@code apicurio.value.globalId} and {@code contentId}; the value is Avro alone then.
 *
 * @param kind in which of the registry's numberings
 * @param id the number or GUID
 * @param from the position of the first byte of Avro
 */
record SchemaReference(Kind kind, String id, int from) {
    /** The numberings of registries. */
    enum Kind {
        ID,
        GUID,
        APICURIO_GLOBAL_ID,
        APICURIO_CONTENT_ID
    }

    static final int FRAME_BYTES = 5;
    private static final int GUID_BYTES = 17;

    /** The header's reference, where there is one; else the frame's. */
    static SchemaReference of(Headers headers, boolean key, byte[] data) {
        return inHeaders(headers, key).orElseGet(() -> framed(data));
    }

    /** Empty if no header names a schema. */
    static Optional<SchemaReference> inHeaders(Headers headers, boolean key) {
        if (headers == null) {
            return Optional.empty();
        }
        String part = key ? "key" : "value";
        Header confluent = headers.lastHeader("__" + part + "_schema_id");
        if (confluent != null) {
            return Optional.of(confluent(confluent));
        }
        return apicurio(headers.lastHeader("apicurio." + part + ".globalId"), Kind.APICURIO_GLOBAL_ID)
                .or(() -> apicurio(headers.lastHeader("apicurio." + part + ".contentId"), Kind.APICURIO_CONTENT_ID));
    }

    private static SchemaReference confluent(Header header) {
        byte[] value = header.value() == null ? new byte[0] : header.value();
        if (value.length == GUID_BYTES && value[0] == 1) {
            ByteBuffer guid = ByteBuffer.wrap(value, 1, GUID_BYTES - 1);
            return new SchemaReference(Kind.GUID, new UUID(guid.getLong(), guid.getLong()).toString(), 0);
        } else if (value.length == FRAME_BYTES && value[0] == 0) {
            return new SchemaReference(Kind.ID, "" + ByteBuffer.wrap(value).getInt(1), 0);
        }
        throw new DecodingException(
                Failure.NOT_FRAMED,
                "A header names no schema: header=" + header.key() + ", length=" + value.length
                        + "; it should hold 0x01 and a GUID, or 0x00 and an id");
    }

    private static Optional<SchemaReference> apicurio(Header header, Kind kind) {
        return header == null || header.value() == null || header.value().length != Long.BYTES
                ? Optional.empty()
                : Optional.of(new SchemaReference(
                        kind, "" + ByteBuffer.wrap(header.value()).getLong(), 0));
    }

    private static SchemaReference framed(byte[] data) {
        if (data.length < FRAME_BYTES || data[0] != 0) {
            throw new DecodingException(
                    Failure.NOT_FRAMED,
                    "A value does not start with 0x00 and a schema id in four bytes: length=" + data.length
                            + "; write it with a registry serializer");
        }
        return new SchemaReference(Kind.ID, "" + ByteBuffer.wrap(data).getInt(1), FRAME_BYTES);
    }

    /** What to ask a registry for, with this address. */
    String path(String base) {
        return switch (kind) {
            case ID -> base + "/schemas/ids/" + id;
            case GUID -> base + "/schemas/guids/" + id;
            case APICURIO_GLOBAL_ID -> apicurio(base) + "/ids/globalIds/" + id;
            case APICURIO_CONTENT_ID -> apicurio(base) + "/ids/contentIds/" + id;
        };
    }

    /** Apicurio's own interface, beside the one that is compatible with Confluent's. */
    private static String apicurio(String base) {
        int compatible = base.indexOf("/apis/ccompat");
        return (compatible < 0 ? base : base.substring(0, compatible)) + "/apis/registry/v2";
    }

    /** Whether the answer is the schema itself, not an object that holds it. */
    boolean isBare() {
        return kind == Kind.APICURIO_GLOBAL_ID || kind == Kind.APICURIO_CONTENT_ID;
    }

    @Override
    public String toString() {
        return kind == Kind.ID ? id : kind + " " + id;
    }
}
