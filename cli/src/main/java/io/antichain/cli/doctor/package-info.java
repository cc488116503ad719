/** What the doctor finds in what was read of a cluster: one class a check, all pure. Read {@link io.antichain.cli.doctor.Check} first. */
package io.antichain.cli.doctor;
