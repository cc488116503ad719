package io.antichain.embedded.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableSchemasTest {
    private static final Schema STRING = Schema.create(Schema.Type.STRING);
    private static final Schema INT = Schema.create(Schema.Type.INT);

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void writeTwoChanges() throws IOException {
        file = folder.resolve(DurableSchemas.FILE_NAME);
        try (DurableSchemas schemas = DurableSchemas.open(folder)) {
            schemas.register("s", STRING);
            schemas.setLevel("ü", CompatibilityLevel.NONE);
        }
    }

    @Test
    void changesComeBack() throws IOException {
        try (DurableSchemas schemas = DurableSchemas.open(folder)) {
            assertThat((String) schemas.ask(state -> state.text(1))).isEqualTo("\"string\"");
            assertThat((Object) schemas.ask(state -> state.level("ü"))).isEqualTo(CompatibilityLevel.NONE);
            assertThat(schemas.register("t", INT).id()).isEqualTo(2);
        }
    }

    @Test
    void aLastLineWithoutAnEndIsLeftOutAndTheFileGoesOn() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        int firstLine = Files.readString(file).indexOf('\n') + 1;
        for (int length = firstLine; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            try (DurableSchemas schemas = DurableSchemas.open(folder)) {
                assertThat((Object) schemas.ask(state -> state.ownLevel("ü")))
                        .as("length=%d", length)
                        .isEqualTo(Optional.empty());
                schemas.register("s2", STRING);
            }
            try (DurableSchemas schemas = DurableSchemas.open(folder)) {
                assertThat((List<String>) schemas.ask(RegisteredSchemas::subjects))
                        .containsExactly("s", "s2");
            }
        }
    }

    @Test
    void anUnfinishedNewFileBesideItChangesNothing() throws IOException {
        Files.writeString(folder.resolve(DurableSchemas.FILE_NAME + ".new"), "{\"change\":\"sch");
        try (DurableSchemas schemas = DurableSchemas.open(folder)) {
            assertThat((List<String>) schemas.ask(RegisteredSchemas::subjects)).containsExactly("s");
            schemas.register("t", INT);
        }
        assertThat(Files.readString(file).lines()).hasSize(3);
    }

    @Test
    void damageInAFinishedLineIsAnErrorThatNamesTheLine() throws IOException {
        String text = Files.readString(file);
        Files.writeString(file, text.substring(0, 10) + text.substring(text.indexOf('\n')));
        refused("line=1");
        Files.writeString(file, text.replaceFirst("\n", ""));
        refused("line=1");
        Files.writeString(
                file,
                text + "{\"change\":\"schema\",\"subject\":\"t\",\"version\":1,\"id\":1,\"schema\":\"\\\"int\\\"\"}\n");
        refused("line=3");
        Files.writeString(file, text);
        assertThat(DurableSchemas.open(folder))
                .as("what was refused is left unlocked")
                .satisfies(DurableSchemas::close);
    }

    @Test
    void aFolderIsForOneRegistryAtATime() throws IOException {
        try (DurableSchemas first = DurableSchemas.open(folder)) {
            refused("folder=" + folder);
        }
        DurableSchemas.open(folder).close();
    }

    private void refused(String names) {
        assertThatThrownBy(() -> DurableSchemas.open(folder).close())
                .isInstanceOf(IOException.class)
                .hasMessageContaining(names);
    }
}
