package io.antichain.cli.kafka;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Where a dead letter stood and why it was set aside, as its headers say.
 *
 * @param topic the topic; empty if the headers name none
 * @param partition its partition, -1 if unknown
 * @param offset its offset, -1 if unknown
 * @param reason a word
 */
record DeadLetterOrigin(String topic, int partition, long offset, String reason) {
    static final String PREFIX = "antichain.";

    static DeadLetterOrigin of(Headers headers) {
        return new DeadLetterOrigin(
                text(headers, "topic"),
                Integer.parseInt(number(headers, "partition")),
                Long.parseLong(number(headers, "offset")),
                text(headers, "reason"));
    }

    private static String number(Headers headers, String name) {
        String text = text(headers, name);
        return text.matches("[0-9]{1,9}|[0-9]{1,18}") ? text : "-1";
    }

    private static String text(Headers headers, String name) {
        Header header = headers.lastHeader(PREFIX + name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
