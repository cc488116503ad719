package io.antichain.analyzer.logfile;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;

/**
 * Reads a file that is one JSON document: an array of objects such as {@link NdjsonParser} reads, or an editing trace, whose
 * array {@code txns} holds transactions with an {@code agent} and the positions of their {@code parents} in the array.
 */
final class JsonDocumentParser extends LogParser {
    private static final String TRANSACTIONS = "txns";

    private static final ObjectReader ELEMENTS =
            ClockText.JSON.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final JsonEntry objects;
    private final JsonEntry transactions;

    JsonDocumentParser(JsonFields fields, ClockText clocks) {
        this.objects = new JsonEntry(fields, clocks);
        this.transactions = new JsonEntry(JsonFields.of("process=agent,id=id,text=patches"), clocks);
    }

    @Override
    List<LogEntries> entries(String name, String file, String text) {
        try (JsonParser json = ClockText.JSON.getFactory().createParser(text)) {
            JsonToken first = json.nextToken();
            List<LogEntries> found = List.of();
            if (first == JsonToken.START_ARRAY) {
                found = elements(json, new NdjsonParser.JsonEntries(objects, name, file), false);
            } else if (first == JsonToken.START_OBJECT) {
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    boolean named = json.currentName().equals(TRANSACTIONS);
                    if (json.nextToken() == JsonToken.START_ARRAY && named) {
                        found = elements(json, new NdjsonParser.JsonEntries(transactions, name, file), true);
                    } else {
                        json.skipChildren();
                    }
                }
            }
            if (json.nextToken() != null) {
                return List.of();
            }
            return found;
        } catch (JsonProcessingException e) {
            throw new UnreadableLogException(
                    "The file is no whole JSON document: file=" + file + ", line="
                            + e.getLocation().getLineNr() + ", fault="
                            + e.getOriginalMessage().lines().findFirst().orElse("")
                            + "; correct it, or copy it again",
                    e);
        } catch (IOException e) {
            throw new UnreadableLogException("The file cannot be read as JSON: file=" + file, e);
        }
    }

    private static List<LogEntries> elements(JsonParser json, NdjsonParser.JsonEntries found, boolean numbered)
            throws IOException {
        int index = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            int line = json.currentTokenLocation().getLineNr();
            JsonNode element = ELEMENTS.readTree(json);
            if (numbered && element instanceof ObjectNode transaction) {
                transaction.put("id", index);
            }
            index++;
            found.add(element, line);
        }
        return found.byExecution();
    }
}
