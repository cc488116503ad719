package io.antichain.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.antichain.schemas.codec.DecodingException;
import io.antichain.schemas.codec.DecodingException.Failure;
import io.antichain.wire.Event;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each setting does, seen from outside. Retries and failover have a test of their own. */
class RegistrySettingsTest {
    private final FakeRegistry registry = new FakeRegistry();
    private final Surrounds surrounds = new Surrounds(1);

    @AfterEach
    void closeRegistry() {
        registry.close();
    }

    @Test
    void everyKeyIsDocumented() {
        RegistrySettings.definition().configKeys().values().forEach(key -> assertThat(key.documentation)
                .as(key.name)
                .endsWith("."));
    }

    @Test
    void withoutAutoRegistrationTheIdIsLookedUp() {
        int id = registry.add(
                "events-value", PlainSchema.of(Event.getClassSchema()).toString());
        byte[] bytes = surrounds
                .serializer(registry.url(), RegistrySettings.AUTO_REGISTER, "false")
                .serialize("events", WireFormatTest.event());
        assertThat(bytes[4]).isEqualTo((byte) id);
        assertThat(registry.requests()).containsExactly("POST /subjects/events-value");
    }

    @Test
    void withoutAutoRegistrationAnUnregisteredSchemaIsRefused() {
        AvroSerializer serializer = surrounds.serializer(registry.url(), RegistrySettings.AUTO_REGISTER, "false");
        assertThatThrownBy(() -> serializer.serialize("events", WireFormatTest.event()))
                .isInstanceOf(SerializationException.class)
                .isNotInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("subject=events-value")
                .hasMessageContaining("set auto.register.schemas=true");
    }

    @Test
    void latestVersionIsWrittenInItsOwnSchema() {
        int id = registry.add("events-value", SchemaVariants.withAddedFieldFirst());
        byte[] bytes = surrounds
                .serializer(
                        registry.url(), RegistrySettings.AUTO_REGISTER, "false", RegistrySettings.USE_LATEST, "true")
                .serialize("events", WireFormatTest.event());
        assertThat(registry.requests()).containsExactly("GET /subjects/events-value/versions/latest");
        assertThat(bytes[4]).isEqualTo((byte) id);
        assertThat(surrounds.deserializer(registry.url()).deserialize("events", bytes))
                .isEqualTo(WireFormatTest.event());
    }

    @Test
    void latestVersionThatCannotReadOursIsRefused() {
        registry.add("events-value", SchemaVariants.unreadable());
        AvroSerializer serializer = surrounds.serializer(
                registry.url(), RegistrySettings.AUTO_REGISTER, "false", RegistrySettings.USE_LATEST, "true");
        assertThatThrownBy(() -> serializer.serialize("events", WireFormatTest.event()))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("latest schema can read ours");
    }

    @Test
    void incompatibleSchemaIsRefusedInOneSentence() {
        registry.script(409, "{\"error_code\":409,\"message\":\"incompatible\"}");
        AvroSerializer serializer = surrounds.serializer(registry.url());
        assertThatThrownBy(() -> serializer.serialize("events", WireFormatTest.event()))
                .isInstanceOf(SerializationException.class)
                .isNotInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("409")
                .hasMessageContaining("use another topic");
        assertThat(registry.requests()).hasSize(1);
    }

    @Test
    void refusedCredentialsAreNoAnswerAndAreNotRepeated() {
        registry.script(401, "{\"error_code\":401,\"message\":\"Unauthorized\"}");
        AvroSerializer serializer = surrounds.serializer(registry.url());
        assertThatThrownBy(() -> serializer.serialize("events", WireFormatTest.event()))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContainingAll("answered 401", "basic.auth.user.info");
        assertThat(registry.requests()).hasSize(1);
    }

    @Test
    void recordLongerThanTheLimitIsRefusedUnread() {
        byte[] bytes = surrounds.serializer(registry.url()).serialize("events", WireFormatTest.event());
        AvroDeserializer deserializer = surrounds.deserializer(
                registry.url(), RegistrySettings.MAX_RECORD_BYTES, Integer.toString(bytes.length - 1));
        assertThatThrownBy(() -> deserializer.deserialize("events", bytes))
                .isInstanceOfSatisfying(DecodingException.class, refusal -> assertThat(refusal.failure())
                        .isEqualTo(Failure.OVER_LIMIT));
    }

    @Test
    void answerLongerThanTheLimitIsNotRead() {
        AvroSerializer serializer = surrounds.serializer(
                registry.url(), RegistrySettings.MAX_RESPONSE_BYTES, "5", RegistrySettings.RETRIES, "0");
        assertThatThrownBy(() -> serializer.serialize("events", WireFormatTest.event()))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("longer than 5 bytes");
    }

    @Test
    void cacheSizeBoundsWhatIsKept() {
        AvroSerializer serializer = surrounds.serializer(registry.url(), RegistrySettings.CACHE_SIZE, "1");
        for (String topic : new String[] {"a", "a", "b", "a"}) {
            serializer.serialize(topic, WireFormatTest.event());
        }
        assertThat(registry.requests()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void specificReaderIsAcceptedEitherWay(String value) {
        byte[] bytes = surrounds.serializer(registry.url()).serialize("events", WireFormatTest.event());
        assertThat(surrounds
                        .deserializer(registry.url(), RegistrySettings.SPECIFIC_READER, value)
                        .deserialize("events", bytes))
                .isInstanceOf(Event.class);
    }

    @ParameterizedTest
    @CsvSource({
        "schema.registry.url, ''",
        "schema.registry.url, localhost:8081",
        "schema.registry.url, ftp://localhost",
        "schema.registry.url, http://",
        "basic.auth.credentials.source, SASL_INHERIT",
        "basic.auth.credentials.source, USER_INFO",
        "auto.register.schemas, perhaps",
        "value.subject.name.strategy, com.example.OwnStrategy",
        "bearer.auth.credentials.source, SASL_OAUTHBEARER_INHERIT",
        "bearer.auth.credentials.source, STATIC_TOKEN",
        "bearer.auth.credentials.source, OAUTHBEARER",
        "proxy.host, proxy.example",
        "proxy.port, 3128",
        "normalize.schemas, true",
        "use.schema.id, 7",
        "avro.remove.java.properties, false",
        "schema.registry.bearer.auth.tokn, x",
        "basic.auth.userinfo, x",
        "antichain.registry.retry, 1",
        "proxy.user, x",
        "antichain.registry.request.timeout.ms, 0",
        "antichain.registry.retries, -1",
        "antichain.registry.retry.backoff.ms, -1",
        "antichain.registry.retry.backoff.max.ms, -1",
        "antichain.registry.negative.cache.ms, -1",
        "antichain.registry.cache.size, 0",
        "antichain.registry.max.response.bytes, 0",
        "antichain.registry.max.record.bytes, 4",
        "antichain.registry.max.collection.items, 0",
    })
    void unusableSettingsAreRefusedByName(String key, String value) {
        assertThatThrownBy(() -> surrounds.serializer(registry.url(), key, value))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(key);
    }

    @Test
    void missingAddressIsRefusedByName() {
        assertThatThrownBy(() -> new RegistrySettings(Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(RegistrySettings.URL);
    }

    @Test
    void refusalOfAnAddressDoesNotShowItsPassword() {
        assertThatThrownBy(() -> surrounds.serializer("ftp://user:secret@localhost"))
                .isInstanceOf(ConfigException.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void anUnknownKeyIsRefusedWithTheNearestKnownOne() {
        assertThatThrownBy(() -> surrounds.serializer(registry.url(), "schema.registry.bearer.auth.tokn", "x"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("A setting is unknown: schema.registry.bearer.auth.tokn; did you mean bearer.auth.token?");
    }

    @Test
    void anUnderscoreInAHostNameIsNamed() {
        assertThatThrownBy(() -> surrounds.serializer("http://schema_registry:8081"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("has an underscore, which no host name may")
                .hasMessageContaining("schema.registry.url=http://schema_registry:8081")
                .hasMessageContaining("network alias");
    }

    @Test
    void requestsGoThroughTheProxy() {
        String[] hostAndPort = registry.host().split(":");
        surrounds
                .serializer("http://registry.invalid:8081", "proxy.host", hostAndPort[0], "proxy.port", hostAndPort[1])
                .serialize("events", WireFormatTest.event());
        assertThat(registry.requests())
                .containsExactly("POST http://registry.invalid:8081/subjects/events-value/versions");
    }

    @ParameterizedTest
    @CsvSource({
        "TopicNameStrategy, events-value",
        "RecordNameStrategy, io.antichain.wire.Event",
        "TopicRecordNameStrategy, events-io.antichain.wire.Event",
    })
    void theSubjectIsNamedByTheStrategy(String strategy, String subject) {
        surrounds
                .serializer(
                        registry.url(),
                        RegistrySettings.VALUE_SUBJECTS,
                        "io.confluent.kafka.serializers.subject." + strategy)
                .serialize("events", WireFormatTest.event());
        assertThat(registry.requests()).containsExactly("POST /subjects/" + subject + "/versions");
    }
}
