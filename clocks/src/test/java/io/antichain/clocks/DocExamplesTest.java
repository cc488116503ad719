package io.antichain.clocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples in the docs of the public types: compiled and run as they stand, with assertions on. */
class DocExamplesTest {
    private static final Path SOURCES = Path.of("src/main/java/io/antichain/clocks");
    private static final Pattern EXAMPLE = Pattern.compile("(?s)<pre>\\{@code\\n(.*?)\\n *\\* }</pre>");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("sources")
    void examplesHold(Path source) throws Exception {
        Matcher example = EXAMPLE.matcher(Files.readString(source));
        while (example.find()) {
            List<String> lines = example.group(1)
                    .lines()
                    .map(line -> line.replaceFirst("^ *\\* ?", ""))
                    .toList();
            assertThat(lines).as("an example in %s", source).anyMatch(line -> line.startsWith("assert "));
            run(String.join("\n", lines));
        }
    }

    @Test
    void thereAreExamples() throws IOException {
        assertThat(sources()).hasSizeGreaterThan(5);
    }

    @Test
    void aWrongExampleIsFound() {
        assertThatThrownBy(() -> run("assert Dot.parse(\"a:1\").counter() == 2;"))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> run("assert Dot.parsed(\"a:1\") == null;"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("parsed");
    }

    static Stream<Path> sources() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            return files.filter(DocExamplesTest::hasExample).sorted().toList().stream();
        }
    }

    private static boolean hasExample(Path source) {
        try {
            return EXAMPLE.matcher(Files.readString(source)).find();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run(String statements) throws Exception {
        String program = "package reader;\nimport io.antichain.clocks.*;\npublic class Example {\n"
                + "public static void main(String[] arguments) {\n" + statements + "\n}\n}\n";
        compile(program);
        URL[] compiled = {folder.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(compiled, getClass().getClassLoader())) {
            loader.setDefaultAssertionStatus(true);
            loader.loadClass("reader.Example").getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof AssertionError wrong) {
                throw new AssertionError("An example states a result that is not so: " + statements, wrong);
            }
            throw e;
        }
    }

    private void compile(String program) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> faults = new DiagnosticCollector<>();
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///Example.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return program;
                    }
                };
        try (StandardJavaFileManager files = compiler.getStandardFileManager(faults, Locale.ROOT, null)) {
            List<String> options = List.of("-proc:none", "-cp", "target/classes", "-d", folder.toString());
            if (!compiler.getTask(null, files, faults, options, null, List.of(file))
                    .call()) {
                throw new IllegalArgumentException("An example does not compile: " + faults.getDiagnostics());
            }
        }
    }
}
