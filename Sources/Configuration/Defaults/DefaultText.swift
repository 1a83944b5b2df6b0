/// The compiled-in configuration files, one constant a file in this folder.
///
/// `jobs/` in the repository shows the same texts; a test compares them byte for byte, so change both.
enum DefaultText {}
