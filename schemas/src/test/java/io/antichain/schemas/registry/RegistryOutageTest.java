package io.antichain.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.antichain.schemas.codec.DecodingException;
import io.antichain.schemas.codec.DecodingException.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Registries that fail, are slow, are gone, or do not know yet. */
class RegistryOutageTest {
    private final FakeRegistry registry = new FakeRegistry();
    private final Surrounds surrounds = new Surrounds(7);

    @AfterEach
    void closeRegistry() {
        registry.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 408, 429})
    void passingFaultsAreRetried(int status) {
        registry.script(status, "");
        registry.script(status, "{\"error_code\":50001,\"message\":\"later\"}");
        assertThat(surrounds.serializer(registry.url()).serialize("events", WireFormatTest.event()))
                .isNotEmpty();
        assertThat(registry.requests()).hasSize(3);
        assertThat(surrounds.pausesMs()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 404, 422})
    void otherAnswersAreFinal(int status) {
        registry.script(status, "");
        AvroSerializer serializer = surrounds.serializer(registry.url());
        assertThatThrownBy(() -> serializer.serialize("events", WireFormatTest.event()))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining(status + ", as no registry does");
        assertThat(registry.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[]", "{}", "{\"id\":\"1\"}", "{\"id\":99999999999}", "null"})
    void answersThatNoRegistryGivesAreRefused(String body) {
        registry.script(200, body);
        AvroSerializer serializer = surrounds.serializer(registry.url());
        assertThatThrownBy(() -> serializer.serialize("events", WireFormatTest.event()))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("as no registry");
    }

    @Test
    void pausesDoubleUpToTheLongestAndHalfOfEachIsRandom() {
        for (int i = 0; i < 5; i++) {
            registry.script(500, "");
        }
        surrounds
                .serializer(
                        registry.url(),
                        RegistrySettings.RETRIES,
                        "5",
                        RegistrySettings.BACKOFF_MS,
                        "1000",
                        RegistrySettings.MAX_BACKOFF_MS,
                        "3000")
                .serialize("events", WireFormatTest.event());
        List<Long> longest = List.of(1_000L, 2_000L, 3_000L, 3_000L, 3_000L);
        assertThat(surrounds.pausesMs()).hasSize(5);
        for (int i = 0; i < longest.size(); i++) {
            assertThat(surrounds.pausesMs().get(i)).isBetween(longest.get(i) / 2, longest.get(i));
        }
        assertThat(surrounds.pausesMs().get(3))
                .isNotEqualTo(surrounds.pausesMs().get(4));
    }

    @Test
    void deadRegistryIsReplacedByTheNextAndLeftThere() throws IOException {
        String dead = "http://127.0.0.1:" + closedPort();
        AvroSerializer serializer = surrounds.serializer(dead + ", " + registry.url());
        serializer.serialize("a", WireFormatTest.event());
        serializer.serialize("b", WireFormatTest.event());
        assertThat(registry.requests()).hasSize(2);
        assertThat(surrounds.pausesMs()).as("the next address is asked at once").isEmpty();
    }

    @Test
    void noRegistryAtAllIsToldApart() throws IOException {
        String dead = "http://127.0.0.1:" + closedPort();
        AvroSerializer serializer = surrounds.serializer(dead, RegistrySettings.RETRIES, "2");
        assertThatThrownBy(() -> serializer.serialize("events", WireFormatTest.event()))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("No schema registry answered: schema.registry.url")
                .hasMessageContaining(dead);
        assertThat(surrounds.pausesMs()).hasSize(2);
        assertThatThrownBy(() -> surrounds.deserializer(dead).deserialize("events", new byte[] {0, 0, 0, 0, 1, 0}))
                .isInstanceOfSatisfying(DecodingException.class, refusal -> assertThat(refusal.failure())
                        .isEqualTo(Failure.REGISTRY_UNAVAILABLE));
    }

    @Test
    void silentRegistryIsGivenUpAfterTheTimeOut() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            AvroSerializer serializer = surrounds.serializer(
                    "http://127.0.0.1:" + silent.getLocalPort(),
                    RegistrySettings.REQUEST_TIMEOUT_MS,
                    "100",
                    RegistrySettings.RETRIES,
                    "1");
            assertThatThrownBy(() -> serializer.serialize("events", WireFormatTest.event()))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("no answer within 100 ms");
        }
    }

    @Test
    void interruptedWaitLeavesTheThreadInterrupted() {
        Thread.currentThread().interrupt();
        AvroSerializer serializer = surrounds.serializer(registry.url());
        assertThatThrownBy(() -> serializer.serialize("events", WireFormatTest.event()))
                .isInstanceOf(RegistryUnavailableException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void unknownIdIsAskedForAgainOnlyAfterAWhile() {
        byte[] bytes = {0, 0, 0, 0, 1, 0};
        AvroDeserializer deserializer =
                surrounds.deserializer(registry.url(), RegistrySettings.NEGATIVE_CACHE_MS, "1000");
        for (int i = 0; i < 100; i++) {
            assertUnknown(deserializer, bytes);
        }
        assertThat(registry.requests()).hasSize(1);
        surrounds.passMs(999);
        assertUnknown(deserializer, bytes);
        assertThat(registry.requests()).hasSize(1);
        surrounds.passMs(2);
        assertUnknown(deserializer, bytes);
        assertThat(registry.requests()).hasSize(2);
    }

    @Test
    void idThatARegistryLearnsLateIsReadInTheEnd() {
        AvroDeserializer deserializer = surrounds.deserializer(registry.url());
        assertUnknown(deserializer, new byte[] {0, 0, 0, 0, 1, 0});
        byte[] bytes = surrounds.serializer(registry.url()).serialize("events", WireFormatTest.event());
        surrounds.passMs(1_001);
        assertThat(deserializer.deserialize("events", bytes)).isEqualTo(WireFormatTest.event());
    }

    @Test
    void negativeIdIsNotAskedFor() {
        assertUnknown(surrounds.deserializer(registry.url()), new byte[] {0, -1, 0, 0, 1, 0});
        assertThat(registry.requests()).isEmpty();
    }

    private static void assertUnknown(AvroDeserializer deserializer, byte[] bytes) {
        assertThatThrownBy(() -> deserializer.deserialize("events", bytes))
                .isInstanceOfSatisfying(DecodingException.class, refusal -> assertThat(refusal.failure())
                        .isEqualTo(Failure.UNKNOWN_ID));
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
