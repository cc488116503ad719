package io.antichain.stamping;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What the library may know: a service has to take all of it. */
class ArchitectureTest {
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.antichain.stamping");

    @Test
    void stampingKnowsClocksAndTheKafkaClientsAlone() {
        classes()
                .that()
                .doNotHaveFullyQualifiedName(StampingClientSupplier.class.getName())
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "javax.management..",
                        "io.antichain.clocks..",
                        "io.antichain.stamping..",
                        "org.apache.kafka.clients..",
                        "org.apache.kafka.common..",
                        "org.slf4j..")
                .check(OURS);
    }

    @Test
    void noClassOfKafkasInsidesIsUsed() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..internals..")
                .check(OURS);
    }

    @Test
    void theCoreIsPure() {
        noClasses()
                .that()
                .resideInAPackage("io.antichain.stamping.clock..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.kafka..",
                        "org.slf4j..",
                        "java.net..",
                        "java.io..",
                        "java.nio..",
                        "java.time..",
                        "java.util.concurrent..",
                        "java.security..")
                .check(OURS);
    }

    @Test
    void noTwoPackagesKnowEachOtherBothWays() {
        slices().matching("io.antichain.(**)").should().beFreeOfCycles().check(OURS);
    }
}
