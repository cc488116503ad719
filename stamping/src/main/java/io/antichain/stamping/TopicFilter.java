package io.antichain.stamping;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Which topics' records are stamped. Kafka's internal ones, whose names begin with two underscores, never are. */
final class TopicFilter {
    private static final int MOST_REMEMBERED = 10_000;

    private final List<Pattern> patterns = new ArrayList<>();
    private final Map<String, Boolean> answers = new ConcurrentHashMap<>();

    /**
     * Names separated by commas; in one, {@code *} stands for any characters.
     *
     * @throws IllegalArgumentException if a name is empty, or holds what no topic's name may hold
     */
    TopicFilter(String list) {
        for (String name : list.split(",", -1)) {
            if (!name.strip().matches("[a-zA-Z0-9._*-]+")) {
                throw new IllegalArgumentException(
                        "A topic's name was not understood: antichain.topics=" + list + ", name=" + name.strip()
                                + "; give names separated by commas, in which * stands for any characters");
            }
            patterns.add(Pattern.compile(name.strip().replace(".", "\\.").replace("*", ".*")));
        }
    }

    boolean include(String topic) {
        Boolean known = answers.get(topic);
        if (known != null) {
            return known;
        }
        boolean answer = !topic.startsWith("__")
                && patterns.stream().anyMatch(pattern -> pattern.matcher(topic).matches());
        if (answers.size() < MOST_REMEMBERED) {
            answers.put(topic, answer);
        }
        return answer;
    }
}
