package io.antichain.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.antichain.schemas.codec.DecodingException;
import io.antichain.schemas.codec.DecodingException.Failure;
import io.antichain.wire.Event;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Records whose schema a header names, and registries that send elsewhere. */
class SchemaReferenceTest {
    private static final UUID GUID = UUID.fromString("89791762-2336-4186-9674-299b90a802e2");

    private final FakeRegistry registry = new FakeRegistry();
    private final Surrounds surrounds = new Surrounds(1);

    @AfterEach
    void closeRegistry() {
        registry.close();
    }

    @Test
    void confluentsHeaderHoldsAGuid() throws Exception {
        byte[] value = ByteBuffer.allocate(17)
                .put((byte) 1)
                .putLong(GUID.getMostSignificantBits())
                .putLong(GUID.getLeastSignificantBits())
                .array();
        byte[] avro = avro();
        registry.script(
                200,
                new ObjectMapper()
                        .writeValueAsString(
                                Map.of("schema", Event.getClassSchema().toString())));
        assertThat(decoded(registry.url(), "__value_schema_id", value, avro)).isEqualTo(WireFormatTest.event());
        assertThat(registry.requests()).last().isEqualTo("GET /schemas/guids/" + GUID);
    }

    @Test
    void confluentsHeaderMayHoldAnId() {
        byte[] avro = avro();
        byte[] value = ByteBuffer.allocate(5).putInt(1, 1).array();
        assertThat(decoded(registry.url(), "__value_schema_id", value, avro)).isEqualTo(WireFormatTest.event());
        assertThat(registry.requests()).last().isEqualTo("GET /schemas/ids/1");
    }

    @Test
    void apicuriosHeadersHoldItsOwnIds() {
        byte[] avro = avro();
        byte[] id = ByteBuffer.allocate(8).putLong(42).array();
        for (String kind : new String[] {"globalId", "contentId"}) {
            registry.script(200, Event.getClassSchema().toString());
            assertThat(decoded(registry.url() + "/apis/ccompat/v7", "apicurio.value." + kind, id, avro))
                    .isEqualTo(WireFormatTest.event());
            assertThat(registry.requests()).last().isEqualTo("GET /apis/registry/v2/ids/" + kind + "s/42");
        }
    }

    @Test
    void aHeaderThatNamesNoSchemaIsNotFramed() {
        byte[] avro = avro();
        assertThatThrownBy(() -> decoded(registry.url(), "__value_schema_id", new byte[] {7, 7}, avro))
                .isInstanceOfSatisfying(DecodingException.class, refusal -> assertThat(refusal.failure())
                        .isEqualTo(Failure.NOT_FRAMED))
                .hasMessageContaining("A header names no schema: header=__value_schema_id, length=2");
    }

    @Test
    void aRedirectOnTheSameHostIsFollowed() {
        byte[] bytes = surrounds.serializer(registry.url()).serialize("events", WireFormatTest.event());
        registry.redirect(302, "/schemas/ids/1?moved");
        assertThat(surrounds.deserializer(registry.url()).deserialize("events", bytes))
                .isEqualTo(WireFormatTest.event());
        assertThat(registry.requests()).last().isEqualTo("GET /schemas/ids/1?moved");
    }

    @Test
    void aRedirectElsewhereIsNamed() {
        registry.redirect(302, "https://other.example/");
        assertThatThrownBy(() -> surrounds.serializer(registry.url()).serialize("events", WireFormatTest.event()))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("answered 302 and points to https://other.example/; name that address instead");
    }

    private byte[] avro() {
        byte[] framed = surrounds.serializer(registry.url()).serialize("events", WireFormatTest.event());
        return Arrays.copyOfRange(framed, 5, framed.length);
    }

    private Object decoded(String url, String header, byte[] value, byte[] avro) {
        Headers headers = new RecordHeaders().add(header, value);
        return surrounds.deserializer(url).deserialize("events", headers, avro);
    }
}
