package io.antichain.cli.scenario;

import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds scenarios by name or file. */
public final class Scenarios {
    /** The names of those that are built in. */
    public static final List<String> BUILT_IN = List.of("sync", "async", "between-syncs", "partition");

    private Scenarios() {}

    /**
     * The scenario that is built in under this name, or stands in this file.
     *
     * @throws ScenarioException if there is neither, or the file is no scenario
     */
    public static Scenario named(String nameOrFile) {
        if (BUILT_IN.contains(nameOrFile)) {
            return ScenarioParser.parse(nameOrFile, resource("/scenarios/" + nameOrFile + ".scenario"));
        }
        Path file = Path.of(nameOrFile);
        if (!Files.exists(file)) {
            throw new ScenarioException(
                    ScenarioException.Kind.UNKNOWN,
                    "No built-in scenario and no file has this name: scenario=" + nameOrFile);
        }
        // Of a pipe too, which Files cannot read.
        try (InputStream in = new BufferedInputStream(new FileInputStream(file.toFile()))) {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(in.readAllBytes()))
                    .toString();
            return ScenarioParser.parse(file.getFileName().toString(), text);
        } catch (IOException e) {
            throw new ScenarioException(
                    ScenarioException.Kind.UNREADABLE,
                    "The scenario file cannot be read as text: file=" + file + ", failure="
                            + e.getClass().getSimpleName(),
                    e);
        }
    }

    /** What happens in each of those that are built in, by name, in their order. */
    public static Map<String, String> sentences() {
        Map<String, String> sentences = new LinkedHashMap<>();
        BUILT_IN.forEach(name -> sentences.put(name, named(name).sentence()));
        return Collections.unmodifiableMap(sentences);
    }

    private static String resource(String path) {
        try (InputStream in = Scenarios.class.getResourceAsStream(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
