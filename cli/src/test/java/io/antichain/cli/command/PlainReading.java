package io.antichain.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The dumb twin of the log reader: takes each form word for word, and finds the concurrent pairs by comparing any two events.
 * What it does not understand makes it say so.
 */
final class PlainReading {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Pattern HOST_CLOCK = Pattern.compile("(\\S+) (\\{[^{}]*\\})([^{}]*)");
    private static final Pattern AKKA = Pattern.compile(
            "\\[\\w+\\] \\[[^\\]]+\\] \\[[^\\]]+\\] \\[akka\\.\\w+://[^@\\]]*@([^\\]/]+)[^\\]]*\\] (\\{[^}]*\\}).*");

    private final Map<String, String> lastOf = new HashMap<>();
    private final Map<String, Map<String, Long>> clocks = new TreeMap<>();
    private final Map<String, Set<String>> causes = new LinkedHashMap<>();
    private final List<String> positions = new ArrayList<>(List.of("p0", "p1", "p2"));
    private boolean understood = true;

    static PlainReading of(SampleLog form, String text) {
        PlainReading reading = new PlainReading();
        List<String> lines = text.lines().toList();
        switch (form) {
            case SHIVIZ, GOVECTOR, GOVECTOR_WITH_HEADER -> reading.twoLines(lines);
            case AKKA -> lines.forEach(line -> reading.take(AKKA.matcher(line), line));
            case TLC -> reading.states(lines);
            case EDITING_TRACE -> reading.transactions(text);
            case GIT, GIT_RAW -> reading.commits(lines);
            case ARRAYS -> reading.arrays(lines);
            default -> lines.forEach(line -> reading.json(form, line));
        }
        return reading;
    }

    boolean understood() {
        return understood;
    }

    int events() {
        return clocks.size() + causes.size();
    }

    long pairs() {
        long pairs = 0;
        List<Map.Entry<String, Map<String, Long>>> all = new ArrayList<>(clocks.entrySet());
        for (int a = 0; a < all.size(); a++) {
            for (int b = a + 1; b < all.size(); b++) {
                pairs += knows(all.get(a), all.get(b)) || knows(all.get(b), all.get(a)) ? 0 : 1;
            }
        }
        Map<String, Set<String>> before = new HashMap<>();
        causes.keySet().forEach(id -> before.put(id, history(id)));
        List<String> ids = new ArrayList<>(causes.keySet());
        for (int a = 0; a < ids.size(); a++) {
            for (int b = a + 1; b < ids.size(); b++) {
                pairs += before.get(ids.get(a)).contains(ids.get(b))
                                || before.get(ids.get(b)).contains(ids.get(a))
                        ? 0
                        : 1;
            }
        }
        return pairs;
    }

    private static boolean knows(
            Map.Entry<String, Map<String, Long>> later, Map.Entry<String, Map<String, Long>> event) {
        int at = event.getKey().lastIndexOf('@');
        return later.getValue().getOrDefault(event.getKey().substring(0, at), 0L)
                >= Long.parseLong(event.getKey().substring(at + 1));
    }

    private Set<String> history(String id) {
        Set<String> seen = new HashSet<>();
        List<String> next = new ArrayList<>(causes.get(id));
        while (!next.isEmpty()) {
            String cause = next.remove(next.size() - 1);
            if (seen.add(cause) && causes.containsKey(cause)) {
                next.addAll(causes.get(cause));
            }
        }
        return seen;
    }

    private void twoLines(List<String> lines) {
        int texts = 0;
        int found = 0;
        for (int i = 0; i < lines.size(); i++) {
            Matcher matcher = HOST_CLOCK.matcher(lines.get(i));
            if (matcher.matches()) {
                found++;
                texts += matcher.group(3).isBlank() ? 0 : 1;
                take(matcher, lines.get(i));
            } else if (!lines.get(i).isBlank() && !(i == 0 && lines.get(i).contains("(?<"))) {
                texts++;
                understood &= !lines.get(i).contains("{\"");
            }
        }
        understood &= texts <= found;
    }

    private void states(List<String> lines) {
        int states = 0;
        String host = null;
        for (String line : lines) {
            if (line.startsWith("State ")) {
                states++;
            } else if (line.startsWith("/\\ Host = ")) {
                understood &= host == null;
                host = line.substring(10);
            } else if (line.startsWith("/\\ Clock = \"") && line.endsWith("\"") && line.length() > 12) {
                clock(
                        String.valueOf(host),
                        line.substring(12, line.length() - 1).replace("\\\"", "\""));
                host = null;
            } else {
                understood &= line.isBlank();
            }
        }
        understood &= states == clocks.size();
    }

    private void take(Matcher matcher, String line) {
        if (matcher.matches()) {
            clock(matcher.group(1), matcher.group(2));
        } else {
            understood &= line.isBlank();
        }
    }

    private void clock(String host, String clock) {
        try {
            clock(host, JSON.readTree(clock));
        } catch (JsonProcessingException e) {
            understood = false;
        }
    }

    private void clock(String host, JsonNode clock) {
        Map<String, Long> known = new HashMap<>();
        if (clock.isObject()) {
            clock.fields().forEachRemaining(entry -> known.put(entry.getKey(), counter(entry.getValue())));
        } else {
            for (int i = 0; i < clock.size(); i++) {
                boolean pair = clock.get(i).isArray() && clock.get(i).size() == 2;
                known.put(
                        pair ? clock.get(i).get(0).asText() : i < positions.size() ? positions.get(i) : "p" + i,
                        counter(pair ? clock.get(i).get(1) : clock.get(i)));
            }
        }
        understood &= known.getOrDefault(host, 0L) > 0;
        clocks.put(host + "@" + known.getOrDefault(host, 0L), known);
    }

    private long counter(JsonNode node) {
        understood &= node.isTextual() ? node.asText().matches("\\d+") : node.canConvertToExactIntegral();
        return node.asLong();
    }

    /** The processes by position; one whose name was damaged has the only position that is left for it. */
    private void arrays(List<String> lines) {
        Map<String, List<JsonNode>> byHost = new TreeMap<>();
        for (String line : lines) {
            try {
                JsonNode entry = JSON.readTree(line);
                byHost.computeIfAbsent(entry.path("process").asText(), host -> new ArrayList<>())
                        .add(entry.path("clock"));
            } catch (JsonProcessingException e) {
                understood = false;
            }
        }
        List<String> strangers = byHost.keySet().stream()
                .filter(host -> !positions.contains(host))
                .toList();
        if (strangers.size() == 1) {
            List<Integer> left = new ArrayList<>();
            for (int i = 0; i < positions.size(); i++) {
                int position = i;
                if (!byHost.containsKey(positions.get(i))
                        && byHost.get(strangers.get(0)).stream()
                                .allMatch(clock -> clock.path(position).asLong() > 0)) {
                    left.add(i);
                }
            }
            if (left.size() == 1) {
                positions.set(left.get(0), strangers.get(0));
            }
        }
        lines.forEach(line -> json(SampleLog.ARRAYS, line));
    }

    private void json(SampleLog form, String line) {
        try {
            JsonNode object = JSON.readTree(line);
            if (form == SampleLog.EWD998 && object.has("N") || line.isBlank()) {
                return;
            }
            String host =
                    object.path(form == SampleLog.EWD998 ? "node" : "process").asText();
            if (form == SampleLog.CAUSES) {
                cause(object.path("id").asText(), host, object.get("causes"));
            } else {
                clock(host, form == SampleLog.EWD998 ? object.at("/pkt/vc") : object.path("clock"));
            }
        } catch (JsonProcessingException e) {
            understood = false;
        }
    }

    private void cause(String id, String host, JsonNode named) {
        Set<String> all = new HashSet<>();
        understood &= named != null;
        if (named != null) {
            named.forEach(cause -> all.add(cause.asText()));
        }
        if (!host.isEmpty()) {
            String last = lastOf.put(host, id.isEmpty() ? "without an id " + causes.size() : id);
            if (last != null) {
                all.add(last);
            }
        }
        understood &= causes.put(id.isEmpty() ? "without an id " + causes.size() : id, all) == null;
    }

    private void transactions(String text) {
        try {
            int index = 0;
            for (JsonNode transaction : JSON.readTree(text).path("txns")) {
                understood &= transaction.has("agent");
                cause("" + index++, "", transaction.get("parents"));
            }
        } catch (JsonProcessingException e) {
            understood = false;
        }
    }

    private void commits(List<String> lines) {
        String id = null;
        for (String line : lines) {
            String[] words = line.split(" ");
            if (line.startsWith("commit ")) {
                id = words.length > 1 ? words[1] : "";
                understood &= id.matches("[0-9a-f]{40}") && !causes.containsKey(id);
                causes.put(id, new HashSet<>(List.of(words).subList(Math.min(2, words.length), words.length)));
            } else if (line.startsWith("parent ") && id != null) {
                causes.get(id).add(words.length > 1 ? words[1] : "");
            } else {
                understood &= line.isBlank() || line.matches("(Author: |Date: |tree |author |committer |    ).*");
            }
        }
    }
}
