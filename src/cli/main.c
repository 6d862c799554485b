#include <softmax.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
static bool show(const sm_progress*p,void*u){(void)u; if(p->step%10==1||p->epoch_ended)printf("%zu %zu loss %.6f acc %.4f g %.3g val %.4f %.4f t %.2f\n",p->step,p->epoch,p->loss,p->accuracy,p->gradient_norm,p->validation_loss,p->validation_accuracy,p->seconds);return true;}
int main(int c,char**v){(void)c;
 sm_dataset*tr=NULL,*te=NULL;sm_model*m=NULL;
 if(sm_dataset_open(v[1],&tr)||sm_dataset_open_test(v[1],&te)||sm_model_create(sm_dataset_shape(tr),&m)){puts(sm_error_message());return 1;}
 sm_train_options o=sm_train_options_default();
 for(int i=2;i<c;i+=2){ if(!strcmp(v[i],"solver"))o.solver=(sm_solver)atoi(v[i+1]); if(!strcmp(v[i],"lr"))o.learning_rate=atof(v[i+1]); if(!strcmp(v[i],"epochs"))o.max_epochs=(size_t)atoi(v[i+1]); if(!strcmp(v[i],"steps"))o.max_steps=(size_t)atoi(v[i+1]); if(!strcmp(v[i],"batch"))o.batch_size=(size_t)atoi(v[i+1]); if(!strcmp(v[i],"threads"))o.threads=(size_t)atoi(v[i+1]); if(!strcmp(v[i],"tol"))o.tolerance=atof(v[i+1]); if(!strcmp(v[i],"l2"))o.l2=atof(v[i+1]); if(!strcmp(v[i],"show"))o.on_progress=show; if(!strcmp(v[i],"m"))o.history_size=(size_t)atoi(v[i+1]); if(!strcmp(v[i],"init")&&sm_model_initialize(m,(sm_init)atoi(v[i+1]),0))return 1;}
 sm_history*h=NULL; sm_status s=sm_train(m,tr,NULL,&o,&h); if(s)puts(sm_error_message()); if(!h)return 1;
 sm_train_summary q=sm_history_summary(h);
 printf("epochs %zu steps %zu s %.3f obj %.7f loss %.6f acc %.4f g %.3g rel %.3g conv %d\n",q.epochs,q.steps,q.seconds,q.objective,q.loss,q.accuracy,q.gradient_norm,q.relative_gradient_norm,q.converged);
 sm_metrics e; if(te){ if(sm_evaluate(m,te,&e))puts(sm_error_message());printf("test loss %.5f acc %.4f\n",e.loss,e.accuracy);}
 if(sm_model_save(m,"/tmp/m.safetensors"))puts(sm_error_message());
 sm_model_free(m);sm_dataset_free(tr);sm_dataset_free(te);sm_history_free(h);}
