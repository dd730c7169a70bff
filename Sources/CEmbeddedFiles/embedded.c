#include "CEmbeddedFiles.h"

// To embed a file, add one array and one line to the table. `#embed` finds the file relative to
// this one; the name is its path in the source tree.

static const unsigned char page_mustache[] = {
#embed "../../templates/page.mustache"
};
static const unsigned char page_css[] = {
#embed "../../templates/page.css"
};
static const unsigned char page_js[] = {
#embed "../../templates/page.js"
};
static const unsigned char figures_css[] = {
#embed "../../templates/figures.css"
};
static const unsigned char figures_js[] = {
#embed "../../templates/figures.js"
};
static const unsigned char playground_css[] = {
#embed "../../templates/playground.css"
};
static const unsigned char playground_model_js[] = {
#embed "../../templates/playground-model.js"
};
static const unsigned char playground_parts_js[] = {
#embed "../../templates/playground-parts.js"
};
static const unsigned char playground_js[] = {
#embed "../../templates/playground.js"
};
static const unsigned char mnist_md[] = {
#embed "../../reports/mnist.md"
};
static const unsigned char mnist_nll_md[] = {
#embed "../../reports/mnist-nll.md"
};
static const unsigned char digits_md[] = {
#embed "../../reports/digits.md"
};
static const unsigned char cifar10_md[] = {
#embed "../../reports/cifar10.md"
};
static const unsigned char compare_dae_md[] = {
#embed "../../reports/compare-dae.md"
};
static const unsigned char architectures_md[] = {
#embed "../../reports/architectures.md"
};
static const unsigned char sprites_beta_md[] = {
#embed "../../reports/sprites-beta.md"
};
static const unsigned char references_bib[] = {
#embed "../../reports/references.bib"
};
static const unsigned char project_md[] = {
#embed "../../templates/project/your-data.md"
};
static const unsigned char project_yaml[] = {
#embed "../../templates/project/your-data.yaml"
};
static const unsigned char project_readme[] = {
#embed "../../templates/project/README.md"
};
static const unsigned char project_makefile[] = {
#embed "../../templates/project/Makefile"
};
static const unsigned char project_gitignore[] = {
#embed "../../templates/project/gitignore"
};
static const unsigned char mnist_yaml[] = {
#embed "../../configs/mnist.yaml"
};
static const unsigned char sprites_yaml[] = {
#embed "../../configs/sprites.yaml"
};
static const unsigned char mnist_nll_yaml[] = {
#embed "../../configs/mnist-nll.yaml"
};
static const unsigned char digits_yaml[] = {
#embed "../../configs/digits.yaml"
};
static const unsigned char cifar10_yaml[] = {
#embed "../../configs/cifar10.yaml"
};
static const unsigned char fashion_mnist_yaml[] = {
#embed "../../configs/fashion-mnist.yaml"
};
static const unsigned char kmnist_yaml[] = {
#embed "../../configs/kmnist.yaml"
};
static const unsigned char emnist_digits_yaml[] = {
#embed "../../configs/emnist-digits.yaml"
};
static const unsigned char cifar100_yaml[] = {
#embed "../../configs/cifar100.yaml"
};

#define EMBEDDED(name, bytes) {name, bytes, sizeof(bytes)}

static const EmbeddedFile files[] = {
    EMBEDDED("templates/page.mustache", page_mustache),
    EMBEDDED("templates/page.css", page_css),
    EMBEDDED("templates/page.js", page_js),
    EMBEDDED("templates/figures.css", figures_css),
    EMBEDDED("templates/figures.js", figures_js),
    EMBEDDED("templates/playground.css", playground_css),
    EMBEDDED("templates/playground-model.js", playground_model_js),
    EMBEDDED("templates/playground-parts.js", playground_parts_js),
    EMBEDDED("templates/playground.js", playground_js),
    EMBEDDED("reports/mnist.md", mnist_md),
    EMBEDDED("reports/mnist-nll.md", mnist_nll_md),
    EMBEDDED("reports/sprites-beta.md", sprites_beta_md),
    EMBEDDED("reports/digits.md", digits_md),
    EMBEDDED("reports/architectures.md", architectures_md),
    EMBEDDED("reports/cifar10.md", cifar10_md),
    EMBEDDED("reports/compare-dae.md", compare_dae_md),
    EMBEDDED("reports/references.bib", references_bib),
    EMBEDDED("templates/project/your-data.md", project_md),
    EMBEDDED("templates/project/your-data.yaml", project_yaml),
    EMBEDDED("templates/project/README.md", project_readme),
    EMBEDDED("templates/project/Makefile", project_makefile),
    EMBEDDED("templates/project/gitignore", project_gitignore),
    EMBEDDED("configs/mnist.yaml", mnist_yaml),
    EMBEDDED("configs/mnist-nll.yaml", mnist_nll_yaml),
    EMBEDDED("configs/sprites.yaml", sprites_yaml),
    EMBEDDED("configs/digits.yaml", digits_yaml),
    EMBEDDED("configs/cifar10.yaml", cifar10_yaml),
    EMBEDDED("configs/fashion-mnist.yaml", fashion_mnist_yaml),
    EMBEDDED("configs/kmnist.yaml", kmnist_yaml),
    EMBEDDED("configs/emnist-digits.yaml", emnist_digits_yaml),
    EMBEDDED("configs/cifar100.yaml", cifar100_yaml),
};

const EmbeddedFile *embedded_files(unsigned long *count) {
    *count = sizeof(files) / sizeof(files[0]);
    return files;
}
