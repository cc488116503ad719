package io.antichain.analyzer.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** The files of the page, from the jar. */
public final class PageFiles {
    /** The file that a visit begins with. */
    public static final String INDEX = "index.html";

    private static final Pattern NAME = Pattern.compile("[a-z][a-z-]{0,40}\\.(html|css|js|svg)");

    private PageFiles() {}

    /** The text of one file; empty where the page has none of this name. */
    public static Optional<String> find(String name) {
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        try (InputStream in = PageFiles.class.getResourceAsStream(name)) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String get(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalStateException(
                        "A file that the page names is in the jar: file=" + name + "; build the analyzer again"));
    }
}
