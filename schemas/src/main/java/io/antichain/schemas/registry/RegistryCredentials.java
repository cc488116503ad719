package io.antichain.schemas.registry;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * How requests to a registry show who asks: user and password, a token, or a token that an OAuth issuer gives for a client's
 * id and secret. The keys are Confluent's.
 */
final class RegistryCredentials {
    static final String BASIC_SOURCE = "basic.auth.credentials.source";
    static final String USER_INFO = "basic.auth.user.info";
    static final String BEARER_SOURCE = "bearer.auth.credentials.source";
    static final String TOKEN = "bearer.auth.token";
    static final String ISSUER = "bearer.auth.issuer.endpoint.url";
    static final String CLIENT_ID = "bearer.auth.client.id";
    static final String CLIENT_SECRET = "bearer.auth.client.secret";
    static final String SCOPE = "bearer.auth.scope";
    static final String CLUSTER = "bearer.auth.logical.cluster";
    static final String IDENTITY_POOL = "bearer.auth.identity.pool.id";

    private static final String URL_SOURCE = "URL";
    private static final String USER_INFO_SOURCE = "USER_INFO";
    private static final String STATIC_TOKEN = "STATIC_TOKEN";
    private static final String OAUTH = "OAUTHBEARER";

    private final AbstractConfig config;
    private final Optional<IssuedToken> issued;

    /** @throws ConfigException if values that belong together are missing, or contradict each other */
    RegistryCredentials(AbstractConfig config, int timeoutMs, Timing timing) {
        this.config = config;
        String bearer = config.getString(BEARER_SOURCE);
        boolean oauth = bearer.equals(OAUTH);
        if (config.getString(BASIC_SOURCE).equals(USER_INFO_SOURCE)) {
            require(BASIC_SOURCE, USER_INFO_SOURCE, USER_INFO, secret(USER_INFO));
            if (isBearer()) {
                throw new ConfigException(
                        BEARER_SOURCE,
                        bearer.isEmpty() ? STATIC_TOKEN : bearer,
                        "set either user and password or a token");
            }
        }
        if (bearer.equals(STATIC_TOKEN)) {
            require(BEARER_SOURCE, bearer, TOKEN, secret(TOKEN));
        }
        if (oauth) {
            require(BEARER_SOURCE, bearer, ISSUER, config.getString(ISSUER));
            require(BEARER_SOURCE, bearer, CLIENT_ID, config.getString(CLIENT_ID));
            require(BEARER_SOURCE, bearer, CLIENT_SECRET, secret(CLIENT_SECRET));
        }
        this.issued = oauth
                ? Optional.of(new IssuedToken(
                        config.getString(ISSUER),
                        basic(config.getString(CLIENT_ID) + ":" + secret(CLIENT_SECRET)),
                        config.getString(SCOPE),
                        timeoutMs,
                        timing))
                : Optional.empty();
    }

    private static void require(String source, String value, String key, String given) {
        if (given.isEmpty()) {
            throw new ConfigException(source, value, "set " + key + " too");
        }
    }

    static ConfigDef define(ConfigDef definition) {
        ConfigDef.Importance high = ConfigDef.Importance.HIGH;
        ConfigDef.Importance low = ConfigDef.Importance.LOW;
        return definition
                .define(
                        BASIC_SOURCE,
                        ConfigDef.Type.STRING,
                        URL_SOURCE,
                        ConfigDef.ValidString.in(URL_SOURCE, USER_INFO_SOURCE),
                        high,
                        "Where user and password stand: in the address, http://user:password@host, or in " + USER_INFO
                                + ".")
                .define(USER_INFO, ConfigDef.Type.PASSWORD, "", high, "user:password.")
                .define(
                        BEARER_SOURCE,
                        ConfigDef.Type.STRING,
                        "",
                        ConfigDef.ValidString.in("", STATIC_TOKEN, OAUTH),
                        high,
                        "Where a token comes from: " + TOKEN + ", or the OAuth issuer.")
                .define(TOKEN, ConfigDef.Type.PASSWORD, "", high, "The token.")
                .define(ISSUER, ConfigDef.Type.STRING, "", high, "The OAuth issuer's address for tokens.")
                .define(CLIENT_ID, ConfigDef.Type.STRING, "", high, "The client's id at the issuer.")
                .define(CLIENT_SECRET, ConfigDef.Type.PASSWORD, "", high, "The client's secret at the issuer.")
                .define(SCOPE, ConfigDef.Type.STRING, "", low, "The scope that is asked for.")
                .define(CLUSTER, ConfigDef.Type.STRING, "", low, "Sent as target-sr-cluster.")
                .define(IDENTITY_POOL, ConfigDef.Type.STRING, "", low, "Sent as Confluent-Identity-Pool-Id.");
    }

    private boolean isBearer() {
        return !config.getString(BEARER_SOURCE).isEmpty() || !secret(TOKEN).isEmpty();
    }

    /** The Authorization header of user and password; empty if there are none, or a token takes their place. */
    Optional<String> ofUser(String userInfoOfAddress) {
        if (isBearer() && userInfoOfAddress != null) {
            throw new ConfigException("The registry's address has a user, and a token is set as well: " + BEARER_SOURCE
                    + "=" + config.getString(BEARER_SOURCE) + "; leave out one of them");
        }
        String userInfo =
                config.getString(BASIC_SOURCE).equals(USER_INFO_SOURCE) ? secret(USER_INFO) : userInfoOfAddress;
        return Optional.ofNullable(userInfo).map(RegistryCredentials::basic);
    }

    /** Adds what a token needs to a request; nothing where there is none. */
    void addTo(HttpRequest.Builder request, HttpClient http) throws IOException, InterruptedException {
        if (!isBearer()) {
            return;
        }
        String token = issued.isPresent() ? issued.get().token(http) : secret(TOKEN);
        Map<String, String> headers = new TreeMap<>(Map.of("Authorization", "Bearer " + token));
        headers.put("target-sr-cluster", config.getString(CLUSTER));
        headers.put("Confluent-Identity-Pool-Id", config.getString(IDENTITY_POOL));
        headers.forEach((name, value) -> {
            if (!value.isEmpty()) {
                request.header(name, value);
            }
        });
    }

    private String secret(String key) {
        return config.getPassword(key).value();
    }

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }
}
