package io.antichain.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How requests show who asks, seen by the registry. */
class RegistryCredentialsTest {
    private final FakeRegistry registry = new FakeRegistry();
    private final Surrounds surrounds = new Surrounds(1);

    @AfterEach
    void closeRegistry() {
        registry.close();
    }

    @Test
    void credentialsComeFromTheAddressUnlessToldOtherwise() {
        String url = "http://us%40er:p%3Aw@" + registry.host() + "/";
        surrounds.serializer(url).serialize("events", WireFormatTest.event());
        assertThat(registry.authorizations()).containsExactly(basic("us@er:p:w"));
    }

    @ParameterizedTest
    @ValueSource(strings = {RegistrySettings.USER_INFO, "schema.registry.basic.auth.user.info"})
    void credentialsComeFromUserInfo(String key) {
        surrounds
                .serializer(registry.url(), RegistrySettings.CREDENTIALS_SOURCE, "USER_INFO", key, "user:secret")
                .serialize("events", WireFormatTest.event());
        assertThat(registry.authorizations()).containsExactly(basic("user:secret"));
    }

    @Test
    void userInfoIsNotSentUnlessItIsTheSource() {
        surrounds
                .serializer(registry.url(), RegistrySettings.USER_INFO, "user:secret")
                .serialize("events", WireFormatTest.event());
        assertThat(registry.authorizations()).containsExactly("none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bearer.auth.token", "schema.registry.bearer.auth.token"})
    void aTokenIsSent(String key) {
        surrounds.serializer(registry.url(), key, "abc").serialize("events", WireFormatTest.event());
        assertThat(registry.authorizations()).containsExactly("Bearer abc");
    }

    @Test
    void aTokenIsAskedOfTheIssuerAndKept() {
        registry.script(200, "{\"access_token\":\"t1\",\"expires_in\":100}");
        registry.script(200, "{\"id\":7}");
        registry.script(200, "{\"id\":8}");
        registry.script(200, "{\"access_token\":\"t2\"}");
        registry.script(200, "{\"id\":9}");
        AvroSerializer serializer = surrounds.serializer(registry.url(), oauth());
        serializer.serialize("a", WireFormatTest.event());
        serializer.serialize("b", WireFormatTest.event());
        surrounds.passMs(90_000);
        serializer.serialize("c", WireFormatTest.event());
        assertThat(registry.authorizations())
                .containsExactly(basic("me:secret"), "Bearer t1", "Bearer t1", basic("me:secret"), "Bearer t2");
    }

    @Test
    void anIssuerThatGivesNoTokenIsNamed() {
        registry.script(400, "{\"error\":\"invalid_client\"}");
        AvroSerializer serializer = surrounds.serializer(registry.url(), oauth(RegistrySettings.RETRIES, "0"));
        assertThatThrownBy(() -> serializer.serialize("a", WireFormatTest.event()))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("the issuer gave no token, bearer.auth.issuer.endpoint.url=" + registry.url());
    }

    /** The settings for tokens of an issuer, which is the registry itself here, and others. */
    private String[] oauth(String... others) {
        List<String> settings = List.of(
                "bearer.auth.credentials.source",
                "OAUTHBEARER",
                "bearer.auth.issuer.endpoint.url",
                registry.url() + "/token",
                "bearer.auth.client.id",
                "me",
                "bearer.auth.client.secret",
                "secret");
        return Stream.concat(settings.stream(), Stream.of(others)).toArray(String[]::new);
    }

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }
}
