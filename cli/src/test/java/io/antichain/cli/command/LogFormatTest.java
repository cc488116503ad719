package io.antichain.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URISyntaxException;
import java.util.Map;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
import org.apache.logging.log4j.util.SortedArrayStringMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogFormatTest {
    private static final String PROPERTY = "antichain.log.format";

    private final String before = System.getProperty(PROPERTY);
    private LoggerContext context;

    @AfterEach
    void restore() {
        if (before == null) {
            System.clearProperty(PROPERTY);
        } else {
            System.setProperty(PROPERTY, before);
        }
        context.stop();
    }

    @Test
    void aLineOfJsonHasMessageValuesAndError() throws Exception {
        JsonNode line = new ObjectMapper().readTree(line(configuration("analyzer", "--log-format", "json"), "json"));
        assertThat(line.get("level").asText()).isEqualTo("WARN");
        assertThat(line.get("logger").asText()).isEqualTo("io.antichain.Something");
        assertThat(line.get("message").asText()).isEqualTo("Something \"happened\"\nin two lines");
        assertThat(line.at("/values/topic").asText()).isEqualTo("antichain.events");
        assertThat(line.get("error").asText()).startsWith("java.lang.IllegalStateException: broken");
        assertThat(line.get("time").asText()).isEqualTo("2023-11-14T22:13:20.000Z");
    }

    @Test
    void textIsForPeopleUnlessJsonIsAskedFor() throws Exception {
        assertThat(line(configuration("analyzer"), "text"))
                .contains("WARN  Something - Something")
                .doesNotStartWith("{");
        assertThat(line(configuration("node", "--log-format=JSON"), "json")).startsWith("{");
        assertThat(line(configuration("node", "--log-format", "text"), "text")).doesNotStartWith("{");
    }

    /** What these arguments make of log4j2.xml. */
    private Configuration configuration(String... arguments) throws URISyntaxException {
        LogFormatOption.apply(java.util.List.of(arguments));
        context = new LoggerContext(
                "test", null, AntichainCommand.class.getResource("/log4j2.xml").toURI());
        context.start();
        return context.getConfiguration();
    }

    private static String line(Configuration configuration, String expected) throws JsonProcessingException {
        Map<String, ?> appenders = configuration.getRootLogger().getAppenders();
        assertThat(appenders).containsOnlyKeys(expected);
        SortedArrayStringMap values = new SortedArrayStringMap();
        values.putValue("topic", "antichain.events");
        Log4jLogEvent event = Log4jLogEvent.newBuilder()
                .setLoggerName("io.antichain.Something")
                .setLevel(Level.WARN)
                .setMessage(new SimpleMessage("Something \"happened\"\nin two lines"))
                .setContextData(values)
                .setThrown(new IllegalStateException("broken"))
                .setTimeMillis(1_700_000_000_000L)
                .build();
        return new String(configuration.getAppender(expected).getLayout().toByteArray(event));
    }
}
