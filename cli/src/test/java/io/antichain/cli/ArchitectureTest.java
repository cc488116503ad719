package io.antichain.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The import rules of the layout: what may know what. */
class ArchitectureTest {
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            // On the class path of tests alone, and with rules of its own.
            .withImportOption(location -> !location.contains("/stamping/target/"))
            .importPackages("io.antichain");

    @Test
    void clocksKnowTheJdkAlone() {
        classes()
                .that()
                .resideInAPackage("io.antichain.clocks..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "io.antichain.clocks..")
                .check(OURS);
    }

    @Test
    void theCoreIsPure() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.antichain.schemas",
                        "io.antichain.node.state..",
                        "io.antichain.node.protocol..",
                        "io.antichain.analyzer.order..",
                        "io.antichain.analyzer.explanation..",
                        "io.antichain.analyzer.reader..",
                        "io.antichain.cli.doctor..",
                        "io.antichain.cli.verify..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.kafka..",
                        "org.apache.avro..",
                        "io.antichain.wire..",
                        "io.javalin..",
                        "java.net..",
                        "java.io..",
                        "java.nio..",
                        "java.time..",
                        "java.util.concurrent..",
                        "org.slf4j..")
                .check(OURS);
    }

    @Test
    void kafkaStaysAtTheRim() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.antichain.schemas.codec..",
                        "io.antichain.schemas.registry..",
                        "io.antichain.schemas.kafka..",
                        "io.antichain.node.kafka..",
                        "io.antichain.analyzer.stream..",
                        "io.antichain.analyzer.restore..",
                        "io.antichain.analyzer.log..",
                        "io.antichain.analyzer.decode..",
                        "io.antichain.analyzer.feed..",
                        "io.antichain.cli.kafka..",
                        "io.antichain.embedded..")
                .and()
                .doNotHaveFullyQualifiedName("io.antichain.cli.command.KnownFailures")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .check(OURS);
    }

    @Test
    void avroIsKnownToTheWireLanguageAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.antichain.wire..",
                        "io.antichain.schemas.codec..",
                        "io.antichain.schemas.registry..",
                        "io.antichain.embedded.registry..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.avro..")
                .check(OURS);
    }

    @Test
    void httpStaysInPackagesOfItsOwn() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.antichain.schemas.registry..",
                        "io.antichain.http..",
                        "io.antichain.node.http..",
                        "io.antichain.analyzer.http..",
                        "io.antichain.cli.access..",
                        "io.antichain.cli.scenario..",
                        "io.antichain.cli.analyzer..",
                        "io.antichain.cli.webhook..",
                        "io.antichain.embedded..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "java.net.http..", "jakarta.servlet..")
                .check(OURS);
    }

    @Test
    void nodeAndAnalyzerNeverKnowEachOther() {
        noClasses()
                .that()
                .resideInAPackage("io.antichain.node..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.antichain.analyzer..", "io.antichain.cli..", "io.antichain.embedded..")
                .check(OURS);
        noClasses()
                .that()
                .resideInAPackage("io.antichain.analyzer..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.antichain.node..", "io.antichain.cli..", "io.antichain.embedded..")
                .check(OURS);
    }

    /** What it knows itself a test of that module holds: it is a library of its own, and no part of the program. */
    @Test
    void nobodyKnowsTheStampingClients() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.antichain.stamping..")
                .check(OURS);
    }

    @Test
    void theServerUnderNodesAndAnalyzerKnowsNoModuleOfOurs() {
        classes()
                .that()
                .resideInAPackage("io.antichain.http..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.antichain.http..",
                        "java..",
                        "javax.net.ssl..",
                        "io.javalin..",
                        "kotlin..",
                        "org.eclipse.jetty..",
                        "com.fasterxml.jackson..",
                        "org.slf4j..")
                .check(OURS);
    }

    @Test
    void embeddedKnowsNoModuleOfOurs() {
        noClasses()
                .that()
                .resideInAPackage("io.antichain.embedded..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.antichain.clocks..",
                        "io.antichain.schemas..",
                        "io.antichain.http..",
                        "io.antichain.wire..",
                        "io.antichain.node..",
                        "io.antichain.analyzer..",
                        "io.antichain.cli..")
                .check(OURS);
    }

    @Test
    void whatTheCommandsUseKnowsNoCommands() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.antichain.cli.access..",
                        "io.antichain.cli.acls..",
                        "io.antichain.cli.analyzer..",
                        "io.antichain.cli.demo..",
                        "io.antichain.cli.doctor..",
                        "io.antichain.cli.kafka..",
                        "io.antichain.cli.scenario..",
                        "io.antichain.cli.verify..",
                        "io.antichain.cli.webhook..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.antichain.cli", "io.antichain.cli.command..", "picocli..")
                .check(OURS);
    }

    @Test
    void noTwoPackagesKnowEachOtherBothWays() {
        slices().matching("io.antichain.(**)").should().beFreeOfCycles().check(OURS);
    }

    @Test
    void oneNameHasOneRole() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(".."))) {
            List<String> names = files.filter(file -> file.toString().contains("/src/main/java/"))
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java") && !name.endsWith("-info.java"))
                    .toList();
            assertThat(names).hasSizeGreaterThan(300).doesNotHaveDuplicates();
        }
    }
}
