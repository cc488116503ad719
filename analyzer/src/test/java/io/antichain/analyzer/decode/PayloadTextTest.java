package io.antichain.analyzer.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.antichain.embedded.EmbeddedRegistry;
import io.antichain.schemas.registry.FramedValues;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PayloadTextTest {
    private static final Schema ORDER = new Schema.Parser()
            .parse(
                    """
            {"type": "record", "name": "Order", "namespace": "shop", "fields": [
              {"name": "seat", "type": "string"}, {"name": "count", "type": "int"},
              {"name": "tags", "type": {"type": "array", "items": "string"}, "default": []}]}
            """);
    private static final int SHOWN = 32;

    @TempDir
    private Path folder;

    private EmbeddedRegistry registry;
    private PayloadText texts;

    @BeforeEach
    void start() {
        registry = EmbeddedRegistry.start(folder, 0);
        texts = new PayloadText(new FramedValues(Map.of("schema.registry.url", registry.url())));
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private int registered(Schema schema) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(registry.url() + "/subjects/orders-value/versions"))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .POST(HttpRequest.BodyPublishers.ofString(JsonNodeFactory.instance
                        .objectNode()
                        .put("schema", schema.toString())
                        .toString()))
                .build();
        String answer = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
        return new ObjectMapper().readTree(answer).get("id").asInt();
    }

    private static byte[] framed(int id, byte[] rest) {
        return ByteBuffer.allocate(5 + rest.length)
                .put((byte) 0)
                .putInt(id)
                .put(rest)
                .array();
    }

    private static byte[] avro() throws Exception {
        GenericRecord order = new GenericData.Record(ORDER);
        order.put("seat", "7 \u2713");
        order.put("count", 2);
        order.put("tags", Arrays.asList("a", "b"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(ORDER).write(order, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    @Test
    void avroIsShownAsJsonWhereTheRegistryHasItsSchema() throws Exception {
        byte[] value = framed(registered(ORDER), avro());
        assertThat(texts.of(value)).isEqualTo("{\"seat\": \"7 \u2713\", \"count\": 2, \"tags\": [\"a\", \"b\"]}");
    }

    @Test
    void jsonAfterAnIdIsShownWhoeverKnowsTheId() {
        byte[] json = "{\"seat\": \"7\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(texts.of(framed(4_711, json))).isEqualTo("{\"seat\": \"7\"}");
    }

    @Test
    void ofAnIdThatNobodyKnowsAndOfADeadRegistryLengthAndFirstBytesAreShownAtOnce() throws Exception {
        byte[] value = framed(4_711, avro());
        assertThat(texts.of(value)).isEqualTo(value.length + " bytes: " + hex(value));
        registry.close();
        PayloadText later = new PayloadText(new FramedValues(Map.of("schema.registry.url", registry.url())));
        for (int i = 0; i < 10_000; i++) { // asked once: else this would take minutes
            assertThat(later.of(framed(i, avro()))).startsWith(value.length + " bytes: 00");
        }
    }

    private static String hex(byte[] value) {
        StringBuilder hex = new StringBuilder();
        for (byte one : value) {
            hex.append(String.format("%02x", one));
        }
        return hex.substring(0, Math.min(2 * SHOWN, hex.length()));
    }

    @Test
    void damagedBytesAreShownAsTheyAreAndNeverFail() throws Exception {
        byte[] value = framed(registered(ORDER), avro());
        Random random = new Random(20_261_128);
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = Arrays.copyOf(value, 1 + random.nextInt(value.length + 3));
            for (int n = random.nextInt(3); n > 0; n--) {
                damaged[Math.min(damaged.length - 1, 5 + random.nextInt(value.length))] = (byte) random.nextInt();
            }
            assertThat(texts.of(damaged)).isNotNull();
        }
        assertThat(texts.of(Arrays.copyOf(value, value.length - 1))).startsWith((value.length - 1) + " bytes: 00");
    }

    @Test
    void textIsShownAsItIsAndADeleteAsOne() {
        assertThat(texts.of("{\"a\": 1}\n".getBytes(StandardCharsets.UTF_8))).isEqualTo("{\"a\": 1}\n");
        assertThat(texts.of(null)).isEqualTo("(deleted)");
        assertThat(texts.of(new byte[0])).isEmpty();
        assertThat(texts.of(new byte[] {0, 1})).isEqualTo("2 bytes: 0001");
        assertThat(texts.of("x".repeat(20_000).getBytes(StandardCharsets.UTF_8)))
                .startsWith("x".repeat(16_384) + "… (20000 bytes, hash ");
    }
}
