package io.antichain.schemas.registry;

import io.antichain.schemas.codec.BytesDecoder;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/**
 * What the serializers can be configured with: Confluent's keys, and under {@code antichain.registry.} keys of our own.
 * {@link #definition} documents each with its default. {@code schema.registry.ssl.} stands before any of Kafka's
 * {@code ssl.} client keys for key and trust stores (JKS, PKCS12, PEM); it may stand before other keys too. Host names are
 * always verified. A key that looks like one of these and is none is refused: {@link KnownKeys}.
 */
public final class RegistrySettings {
    public static final String URL = "schema.registry.url";
    public static final String AUTO_REGISTER = "auto.register.schemas";
    public static final String USE_LATEST = "use.latest.version";
    public static final String CREDENTIALS_SOURCE = RegistryCredentials.BASIC_SOURCE;
    public static final String USER_INFO = RegistryCredentials.USER_INFO;
    public static final String PROXY_HOST = "proxy.host";
    public static final String PROXY_PORT = "proxy.port";
    public static final String SPECIFIC_READER = "specific.avro.reader";
    public static final String KEY_SUBJECTS = "key.subject.name.strategy";
    public static final String VALUE_SUBJECTS = "value.subject.name.strategy";
    public static final String REQUEST_TIMEOUT_MS = "antichain.registry.request.timeout.ms";
    public static final String RETRIES = "antichain.registry.retries";
    public static final String BACKOFF_MS = "antichain.registry.retry.backoff.ms";
    public static final String MAX_BACKOFF_MS = "antichain.registry.retry.backoff.max.ms";
    public static final String NEGATIVE_CACHE_MS = "antichain.registry.negative.cache.ms";
    public static final String CACHE_SIZE = "antichain.registry.cache.size";
    public static final String MAX_RESPONSE_BYTES = "antichain.registry.max.response.bytes";
    public static final String MAX_RECORD_BYTES = "antichain.registry.max.record.bytes";
    public static final String MAX_COLLECTION_ITEMS = BytesDecoder.MAX_ITEMS;

    private static final String SSL_PREFIX = "schema.registry.ssl.";
    private static final ConfigDef DEFINITION = definition();

    /**
     * A registry's address.
     *
     * @param base without user info and without a slash at the end
     * @param authorization the header's value, if any
     */
    record Address(URI base, Optional<String> authorization) {}

    private final AbstractConfig config;
    private final List<Address> addresses = new ArrayList<>();
    private final RegistryCredentials credentials;

    /** Reads them in real time. */
    public RegistrySettings(Map<String, ?> configs) {
        this(configs, Timing.system());
    }

    /**
     * Reads the settings out of a client's configuration, whose other keys are left alone.
     *
     * @throws ConfigException if a value is missing or cannot be used; the message names key and value
     */
    RegistrySettings(Map<String, ?> configs, Timing timing) {
        config = new AbstractConfig(DEFINITION, KnownKeys.of(configs, DEFINITION.names()), false);
        credentials = new RegistryCredentials(config, config.getInt(REQUEST_TIMEOUT_MS), timing);
        for (String url : config.getList(URL)) {
            addresses.add(address(url));
        }
        if (addresses.isEmpty()) {
            throw new ConfigException(URL, "", "name one address or more, as in http://localhost:8081");
        }
        for (String key : List.of(KEY_SUBJECTS, VALUE_SUBJECTS)) {
            SubjectNaming.of(key, config.getString(key));
        }
        if (config.getString(PROXY_HOST).isEmpty() != (config.getInt(PROXY_PORT) == 0)) {
            throw new ConfigException(
                    PROXY_HOST, config.getString(PROXY_HOST), "set both " + PROXY_HOST + " and " + PROXY_PORT);
        }
    }

    /** Each key with its type, default and meaning. */
    public static ConfigDef definition() {
        ConfigDef.Importance high = ConfigDef.Importance.HIGH;
        ConfigDef.Importance low = ConfigDef.Importance.LOW;
        return RegistryCredentials.define(new ConfigDef())
                .define(
                        URL,
                        ConfigDef.Type.LIST,
                        ConfigDef.NO_DEFAULT_VALUE,
                        high,
                        "Registries' addresses, with commas"
                                + " between: one that does not answer is replaced by the next.")
                .define(AUTO_REGISTER, ConfigDef.Type.BOOLEAN, true, high, "Whether the serializer registers schemas.")
                .define(
                        USE_LATEST,
                        ConfigDef.Type.BOOLEAN,
                        false,
                        high,
                        "Without auto-registration: whether to write"
                                + " in the subject's latest schema, if it can read ours, instead of looking up ours.")
                .define(PROXY_HOST, ConfigDef.Type.STRING, "", low, "The HTTP proxy between here and the registry.")
                .define(PROXY_PORT, ConfigDef.Type.INT, 0, ConfigDef.Range.between(0, 65_535), low, "Its port.")
                .define(
                        SPECIFIC_READER,
                        ConfigDef.Type.BOOLEAN,
                        true,
                        low,
                        "Accepted so that Confluent's deserializer"
                                + " can be named instead, which needs true: ours gives generated records whatever it says.")
                .define(KEY_SUBJECTS, ConfigDef.Type.STRING, "", low, "As " + VALUE_SUBJECTS + ".")
                .define(
                        VALUE_SUBJECTS,
                        ConfigDef.Type.STRING,
                        "",
                        low,
                        "TopicNameStrategy, which is the default, RecordNameStrategy or TopicRecordNameStrategy.")
                .define(
                        REQUEST_TIMEOUT_MS,
                        ConfigDef.Type.INT,
                        5_000,
                        ConfigDef.Range.atLeast(1),
                        low,
                        "How long one request may take, connecting included.")
                .define(
                        RETRIES,
                        ConfigDef.Type.INT,
                        3,
                        ConfigDef.Range.between(0, 100),
                        low,
                        "How often all addresses"
                                + " are tried again after a time-out, an I/O error, or status 5xx, 408 or 429.")
                .define(
                        BACKOFF_MS,
                        ConfigDef.Type.LONG,
                        100,
                        ConfigDef.Range.between(0, 3_600_000),
                        low,
                        "The wait before the first repetition; doubles each time, and half of it is random.")
                .define(
                        MAX_BACKOFF_MS,
                        ConfigDef.Type.LONG,
                        2_000,
                        ConfigDef.Range.between(0, 3_600_000),
                        low,
                        "The longest wait.")
                .define(
                        NEGATIVE_CACHE_MS,
                        ConfigDef.Type.LONG,
                        1_000,
                        ConfigDef.Range.between(0, 3_600_000),
                        low,
                        "How long an id that the registry did not know is not asked for again.")
                .define(
                        CACHE_SIZE,
                        ConfigDef.Type.INT,
                        1_000,
                        ConfigDef.Range.atLeast(1),
                        low,
                        "How many schemas are kept, and how many unknown ids.")
                .define(
                        MAX_RESPONSE_BYTES,
                        ConfigDef.Type.INT,
                        1 << 20,
                        ConfigDef.Range.atLeast(1),
                        low,
                        "The longest answer that is read from a registry.")
                .define(
                        MAX_RECORD_BYTES,
                        ConfigDef.Type.INT,
                        4 << 20,
                        ConfigDef.Range.atLeast(5),
                        low,
                        "The longest record that is decoded, its frame included.")
                .define(
                        MAX_COLLECTION_ITEMS,
                        ConfigDef.Type.INT,
                        100_000,
                        ConfigDef.Range.atLeast(1),
                        low,
                        "The most items that the maps and arrays of one record may have together.");
    }

    List<Address> addresses() {
        return addresses;
    }

    RegistryCredentials credentials() {
        return credentials;
    }

    /** The proxy between here and the registry. */
    Optional<ProxySelector> proxy() {
        String host = config.getString(PROXY_HOST);
        return host.isEmpty()
                ? Optional.empty()
                : Optional.of(ProxySelector.of(new InetSocketAddress(host, config.getInt(PROXY_PORT))));
    }

    SubjectNaming subjects(boolean key) {
        String name = key ? KEY_SUBJECTS : VALUE_SUBJECTS;
        return SubjectNaming.of(name, config.getString(name));
    }

    boolean flag(String key) {
        return config.getBoolean(key);
    }

    int number(String key) {
        return config.getInt(key);
    }

    long ms(String key) {
        return config.getLong(key);
    }

    /** The context made of the {@code schema.registry.ssl.} keys; empty if there are none, and the JVM's own serves. */
    Optional<SSLContext> sslContext() {
        Map<String, Object> given = config.originalsWithPrefix(SSL_PREFIX);
        if (given.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Object> ssl = new java.util.HashMap<>();
        given.forEach((key, value) -> ssl.put("ssl." + key, value));
        // The factory holds nothing open: key stores are read here.
        try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
            factory.configure(new AbstractConfig(new ConfigDef().withClientSslSupport(), ssl, false).values());
            return Optional.of(factory.sslContext());
        } catch (KafkaException e) {
            Throwable root = e;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            throw new ConfigException("The stores for TLS with the registry cannot be used: " + stores(given)
                    + ", reason=" + root.getMessage()
                    + "; correct location, type (JKS, PKCS12 or PEM) and password of what is named");
        }
    }

    /** Where they are, and of what type; without passwords. */
    private static String stores(Map<String, Object> ssl) {
        return ssl.entrySet().stream()
                .filter(setting -> setting.getKey().matches("(key|trust)store\\.(location|type)"))
                .map(setting -> SSL_PREFIX + setting.getKey() + "=" + setting.getValue())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private Address address(String url) {
        String shown = url.replaceAll("//.*@", "//…@");
        URI uri;
        try {
            uri = URI.create(url.strip());
        } catch (IllegalArgumentException e) {
            throw unusable(shown);
        }
        if (uri.getHost() == null && String.valueOf(uri.getAuthority()).contains("_")) {
            throw new ConfigException("The host of a registry's address has an underscore, which no host name may: "
                    + URL + "=" + shown + "; give the registry's container a name or network alias without one");
        }
        if (uri.getHost() == null || !List.of("http", "https").contains(uri.getScheme())) {
            throw unusable(shown);
        }
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        String path = uri.getRawPath().replaceAll("/+$", "");
        return new Address(
                URI.create(uri.getScheme() + "://" + uri.getHost() + port + path),
                credentials.ofUser(uri.getUserInfo()));
    }

    private static ConfigException unusable(String shown) {
        return new ConfigException("A registry's address is not of the form http://HOST:PORT or https://HOST:PORT: "
                + URL + "=" + shown + "; correct it");
    }
}
