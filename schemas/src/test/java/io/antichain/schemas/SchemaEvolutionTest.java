package io.antichain.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schemas against those last released, which stand in src/test/resources/released. */
class SchemaEvolutionTest {
    private static final List<String> IN_ORDER_OF_USE =
            List.of("EventRef", "Run", "Event", "ClockCheckpoint", "Conflict", "Anomaly");

    @ParameterizedTest
    @ValueSource(strings = {"EventRef", "Run", "Event", "ClockCheckpoint", "Conflict", "Anomaly"})
    void oldAndNewReadEachOther(String name) throws IOException {
        Schema current = schema(Path.of("src/main/avro"), name);
        Schema released = schema(Path.of("src/test/resources/released"), name);
        assertThat(compatibility(current, released)).as("new reads old").isEqualTo(SchemaCompatibilityType.COMPATIBLE);
        assertThat(compatibility(released, current)).as("old reads new").isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"EventRef", "Run", "Event", "ClockCheckpoint", "Conflict", "Anomaly"})
    void everyRecordFieldAndEnumIsDocumented(String name) throws IOException {
        assertThat(undocumented(schema(Path.of("src/main/avro"), name))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"src/main/avro", "src/test/resources/released"})
    void theseAreAllSchemas(String folder) throws IOException {
        try (var files = Files.list(Path.of(folder))) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".avsc", "")))
                    .containsExactlyInAnyOrderElementsOf(IN_ORDER_OF_USE);
        }
    }

    private static SchemaCompatibilityType compatibility(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getType();
    }

    @SuppressWarnings("deprecation") // Schema.Parser keeps what it has parsed, which the schemas' references need.
    private static Schema schema(Path folder, String name) throws IOException {
        Schema.Parser parser = new Schema.Parser();
        for (String each : IN_ORDER_OF_USE) {
            Schema schema = parser.parse(Files.readString(folder.resolve(each + ".avsc")));
            if (each.equals(name)) {
                return schema;
            }
        }
        throw new IllegalArgumentException(name);
    }

    private static List<String> undocumented(Schema schema) {
        List<String> found = new ArrayList<>();
        if (schema.getType() == Schema.Type.UNION) {
            schema.getTypes().forEach(type -> found.addAll(undocumented(type)));
        }
        if (schema.getType() == Schema.Type.ENUM && isBlank(schema.getDoc())) {
            found.add(schema.getFullName());
        }
        if (schema.getType() == Schema.Type.RECORD) {
            if (isBlank(schema.getDoc())) {
                found.add(schema.getFullName());
            }
            for (Schema.Field field : schema.getFields()) {
                if (isBlank(field.doc())) {
                    found.add(schema.getFullName() + "." + field.name());
                }
                found.addAll(undocumented(field.schema()));
            }
        }
        return found;
    }

    private static boolean isBlank(String doc) {
        return doc == null || doc.isBlank();
    }
}
