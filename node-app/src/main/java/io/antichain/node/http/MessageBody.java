package io.antichain.node.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.antichain.http.Problem;
import io.antichain.schemas.Event;
import java.io.IOException;
import java.util.Optional;

/**
 * The body of {@code POST /messages}.
 *
 * @param key what the message is about, if anything
 * @param payload the message
 */
record MessageBody(Optional<String> key, String payload) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /**
     * Reads it.
     *
     * @throws Problem 400 if it is not what the API says
     */
    static MessageBody of(byte[] bytes) {
        JsonNode json = parse(bytes);
        if (!json.isObject()) {
            throw Problem.badRequest(
                    "A body is a JSON object: found=" + json.getNodeType() + "; send {\"payload\": \"…\"}");
        }
        String payload = text(json, "payload")
                .orElseThrow(
                        () -> Problem.badRequest("A message has a payload: payload=null; send {\"payload\": \"…\"}"));
        Optional<String> key = text(json, "key");
        if (key.isPresent() && key.get().length() > Event.MAX_KEY_LENGTH) {
            throw Problem.badRequest("A key has at most " + Event.MAX_KEY_LENGTH + " characters: length="
                    + key.get().length() + "; put what is long into the payload");
        }
        return new MessageBody(key, payload);
    }

    private static JsonNode parse(byte[] bytes) {
        try {
            return JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw notJson(e.getOriginalMessage() + ", line="
                    + (e.getLocation() == null ? 0 : e.getLocation().getLineNr()));
        } catch (IOException e) {
            throw notJson(e.getMessage());
        }
    }

    private static Problem notJson(String reason) {
        return Problem.badRequest("A body is JSON in UTF-8: reason=" + reason + "; send {\"payload\": \"…\"}");
    }

    private static Optional<String> text(JsonNode json, String name) {
        JsonNode value = json.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw Problem.badRequest("Key and payload are strings: name=" + name + ", found=" + value.getNodeType()
                    + "; send text, or JSON written as text");
        }
        String text = value.textValue();
        if (text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw Problem.badRequest("Key and payload are Unicode text: name=" + name
                    + " holds half a surrogate pair, which UTF-8 cannot carry; send it whole");
        }
        return Optional.of(text);
    }
}
