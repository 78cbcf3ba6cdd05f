/// Parts of a page that shows runs: one file of HTML that needs no network, with charts as SVG and
/// images within, in light and dark.
///
/// ```java
/// var page = new Page("digits");
/// page.add("<h2>Loss</h2>").add(new LineChart("loss", "epoch", lines).svg());
/// Files.writeString(file, page.html());
/// ```
///
/// What a user has named goes through [Page#text] before it stands in a page. Nothing here knows of
/// runs or trainings.
@NullMarked
package dev.thalweg.cli.page;

import org.jspecify.annotations.NullMarked;
