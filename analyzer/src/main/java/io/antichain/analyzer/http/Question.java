package io.antichain.analyzer.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.clocks.Dot;
import io.antichain.clocks.ProcessId;
import io.antichain.http.Problem;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** What a request asks for, parameter by parameter. What is not as documented is a {@link Problem}. */
final class Question {
    private static final int MAX_VALUES = 100;
    private static final int MAX_LENGTH = 1_000;

    private final Context context;

    Question(QueryRoute route, Context context) {
        this.context = context;
        context.queryParamMap().forEach((name, values) -> require(route, name, values));
    }

    private static void require(QueryRoute route, String name, List<String> values) {
        if (!route.parameters().contains(name)) {
            throw Problem.badRequest("Only documented parameters are understood: parameter=" + shortened(name) + "; "
                    + route.path()
                    + (route.parameters().isEmpty()
                            ? " takes none"
                            : " takes " + route.parameters().stream().sorted().collect(Collectors.joining(", "))));
        }
        if (values.size() > MAX_VALUES) {
            throw Problem.badRequest("A parameter is given at most " + MAX_VALUES + " times: " + name + "="
                    + values.size() + " times; ask for fewer");
        }
        for (String value : values) {
            if (value.length() > MAX_LENGTH) {
                throw Problem.badRequest("A parameter has at most " + MAX_LENGTH + " characters: " + name + "="
                        + value.length() + " characters; shorten it");
            }
        }
    }

    Context context() {
        return context;
    }

    void answer(ObjectNode json) {
        context.contentType("application/json").result(json.toString());
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(context.queryParam(name)).filter(value -> !value.isEmpty());
    }

    List<String> texts(String name) {
        return context.queryParams(name).stream()
                .filter(value -> !value.isEmpty())
                .toList();
    }

    int limit(int otherwise, int most) {
        String asked = context.queryParam("limit");
        if (asked == null) {
            return otherwise;
        }
        if (asked.matches("[0-9]{1,9}")) {
            int limit = Integer.parseInt(asked);
            if (limit >= 1 && limit <= most) {
                return limit;
            }
        }
        throw Problem.badRequest(
                "A limit is a number from 1 to " + most + ": limit=" + shortened(asked) + "; choose one");
    }

    OptionalLong seq(String name) {
        return text(name).map(value -> OptionalLong.of(seq(name, value))).orElseGet(OptionalLong::empty);
    }

    static long seq(String name, String value) {
        if (!value.matches("[0-9]{1,18}")) {
            throw Problem.badRequest(
                    "A seq is a number from 0: " + name + "=" + shortened(value) + "; take it from an earlier answer");
        }
        return Long.parseLong(value);
    }

    Dot dot(String name) {
        return dotOf(text(name)
                .orElseThrow(() -> Problem.badRequest(
                        "An event is named by " + name + ": " + name + "=; give one as in node-1:5")));
    }

    Dot dotInPath() {
        return dotOf(context.pathParam("dot"));
    }

    static Dot dotOf(String written) {
        try {
            return Dot.parse(written);
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest(e.getMessage());
        }
    }

    Optional<ProcessId> process(String name) {
        return text(name).map(Question::processOf);
    }

    List<ProcessId> processes(String name) {
        return texts(name).stream().map(Question::processOf).toList();
    }

    private static ProcessId processOf(String written) {
        try {
            return ProcessId.parse(written);
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest(e.getMessage());
        }
    }

    Optional<Instant> instant(String name) {
        return text(name).map(written -> {
            try {
                return Instant.parse(written);
            } catch (DateTimeParseException e) {
                throw Problem.badRequest("A time is written as ISO 8601 has it, in UTC: " + name + "="
                        + shortened(written) + "; write it as in 2026-01-31T12:00:00Z");
            }
        });
    }

    <E extends Enum<E>> Optional<E> oneOf(String name, Class<E> type) {
        return text(name).map(written -> {
            for (E constant : type.getEnumConstants()) {
                if (constant.name().equals(written.toUpperCase(Locale.ROOT))) {
                    return constant;
                }
            }
            throw Problem.badRequest("A " + name + " is one of " + Arrays.toString(type.getEnumConstants()) + ": "
                    + name + "=" + shortened(written) + "; choose one");
        });
    }

    static String shortened(String value) {
        return value.length() > 100 ? value.substring(0, 100) + "…" : value;
    }
}
